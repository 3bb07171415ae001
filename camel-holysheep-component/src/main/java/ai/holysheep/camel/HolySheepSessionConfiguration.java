package ai.holysheep.camel;

import ai.holysheep.camel.client.session.SessionTransport;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.jspecify.annotations.Nullable;

/** The options of agent sessions; on the component they are the defaults of all its endpoints. */
@UriParams
public class HolySheepSessionConfiguration implements Cloneable {

  @UriParam private @Nullable String session;

  @UriParam(label = "producer", defaultValue = "user_input")
  private String clientEvent = "user_input";

  @UriParam(label = "consumer")
  private boolean sessionEvents;

  @UriParam(defaultValue = "auto")
  private SessionTransport transport = SessionTransport.auto;

  @UriParam(label = "advanced")
  private @Nullable String socketUrl;

  @UriParam(label = "advanced", defaultValue = "/chat/completions")
  private String agentPath = "/chat/completions";

  @UriParam(label = "advanced", defaultValue = "agent_mode")
  private String agentModeProperty = "agent_mode";

  @UriParam(label = "advanced", defaultValue = "Sec-WebSocket-URL,Upgrade-URL")
  private String socketUrlHeaders = "Sec-WebSocket-URL,Upgrade-URL";

  @UriParam(label = "security,advanced")
  private @Nullable String allowedSocketHosts;

  @UriParam(prefix = "frameType.", multiValue = true, label = "advanced")
  private Map<String, Object> frameType = new HashMap<>();

  @UriParam(label = "advanced", defaultValue = "10000", javaType = "java.time.Duration")
  private long pingInterval = 10_000;

  @UriParam(label = "advanced", defaultValue = "30000", javaType = "java.time.Duration")
  private long silenceTimeout = 30_000;

  @UriParam(label = "advanced", defaultValue = "3300000", javaType = "java.time.Duration")
  private long sessionMaxAge = 3_300_000;

  @UriParam(label = "advanced", defaultValue = "1800000", javaType = "java.time.Duration")
  private long sessionIdleTimeout = 1_800_000;

  @UriParam(label = "advanced", defaultValue = "2000", javaType = "java.time.Duration")
  private long interruptTimeout = 2_000;

  @UriParam(label = "advanced", defaultValue = "300000", javaType = "java.time.Duration")
  private long toolTimeout = 300_000;

  @UriParam(label = "advanced", defaultValue = "100")
  private int maxQueuedTurns = 100;

  @UriParam(label = "advanced", defaultValue = "200")
  private int maxTurns = 200;

  /** The same options, to be changed independently. */
  public HolySheepSessionConfiguration copy() {
    try {
      HolySheepSessionConfiguration copy = (HolySheepSessionConfiguration) super.clone();
      copy.frameType = new HashMap<>(frameType);
      return copy;
    } catch (CloneNotSupportedException e) {
      throw new RuntimeCamelException(e);
    }
  }

  public @Nullable String getSession() {
    return session;
  }

  /**
   * The agent session: all endpoints of the component that name it speak in the same conversation,
   * over the same connection. The header CamelHolySheepSessionId chooses another one for one
   * message. A route that begins with agent sessions and names none has those that have no route of
   * their own.
   */
  public void setSession(@Nullable String session) {
    this.session = session;
  }

  public String getClientEvent() {
    return clientEvent;
  }

  /**
   * What messages tell the agent session: user_input begins a turn with the body as what the user
   * says; tool_result gives the body as the answer of a tool that the model has called; interrupt
   * ends the answer that is under way; context_update lets the model know the body without an
   * answer; close ends the session. Any other word is sent as it is, where the session has a
   * socket. The header CamelHolySheepClientEvent says it for one message.
   */
  public void setClientEvent(String clientEvent) {
    this.clientEvent = clientEvent;
  }

  public boolean isSessionEvents() {
    return sessionEvents;
  }

  /**
   * Whether a route that begins with agent sessions is told what happens to their connections:
   * messages of type session, whose header CamelHolySheepSessionState is connected, reconnecting,
   * fell_back or closed.
   */
  public void setSessionEvents(boolean sessionEvents) {
    this.sessionEvents = sessionEvents;
  }

  public SessionTransport getTransport() {
    return transport;
  }

  /**
   * What carries an agent session. With auto, a socket where the server offers one, otherwise one
   * request after the other, each answered by an event stream. With websocket, a server without a
   * socket is a failure. With sse, no socket is asked for.
   */
  public void setTransport(SessionTransport transport) {
    this.transport = transport;
  }

  public @Nullable String getSocketUrl() {
    return socketUrl;
  }

  /**
   * The address of the socket of agent sessions, with ws:// or wss://, for servers where it is
   * known beforehand. Otherwise each session asks for one by a request, as agentPath says.
   */
  public void setSocketUrl(@Nullable String socketUrl) {
    this.socketUrl = socketUrl;
  }

  public String getAgentPath() {
    return agentPath;
  }

  /** What follows baseUrl in the address of the request that asks for a socket. */
  public void setAgentPath(String agentPath) {
    this.agentPath = agentPath;
  }

  public String getAgentModeProperty() {
    return agentModeProperty;
  }

  /** The field that tells the server, with the value true, that a request asks for a socket. */
  public void setAgentModeProperty(String agentModeProperty) {
    this.agentModeProperty = agentModeProperty;
  }

  public String getSocketUrlHeaders() {
    return socketUrlHeaders;
  }

  /**
   * The headers of the reply that may hold the address of the socket, separated by commas. The
   * first one that is there counts.
   */
  public void setSocketUrlHeaders(String socketUrlHeaders) {
    this.socketUrlHeaders = socketUrlHeaders;
  }

  public @Nullable String getAllowedSocketHosts() {
    return allowedSocketHosts;
  }

  /**
   * Hosts, each with or without a port, separated by commas, that the server may name for its
   * socket besides the host and port of baseUrl. The key is sent there.
   */
  public void setAllowedSocketHosts(@Nullable String allowedSocketHosts) {
    this.allowedSocketHosts = allowedSocketHosts;
  }

  public Map<String, Object> getFrameType() {
    return frameType;
  }

  /**
   * What the messages of a session are called on the wire, where the server calls them otherwise.
   * The names are token, reasoning, tool_call, usage, done and error for those of the server, and
   * user_input, tool_result, interrupt and context_update for those of the client.
   */
  public void setFrameType(Map<String, Object> frameType) {
    this.frameType = frameType;
  }

  public long getPingInterval() {
    return pingInterval;
  }

  /** How often the server of a socket is asked for a sign of life, in milliseconds; 0 for never. */
  public void setPingInterval(long pingInterval) {
    this.pingInterval = pingInterval;
  }

  public long getSilenceTimeout() {
    return silenceTimeout;
  }

  /**
   * When nothing has come over a socket for so long, in milliseconds, not even the answer to a
   * ping, the server is taken for gone; 0 for never. Takes effect at a ping, see pingInterval. Over
   * a socket, this stands in the place of idleTimeout: a model may think for as long as its server
   * answers.
   */
  public void setSilenceTimeout(long silenceTimeout) {
    this.silenceTimeout = silenceTimeout;
  }

  public long getSessionMaxAge() {
    return sessionMaxAge;
  }

  /**
   * A socket that is older, in milliseconds, is closed at the next turn, which opens another one
   * and tells the server what was said; 0 for any age. Servers are known to close sockets after an
   * hour.
   */
  public void setSessionMaxAge(long sessionMaxAge) {
    this.sessionMaxAge = sessionMaxAge;
  }

  public long getSessionIdleTimeout() {
    return sessionIdleTimeout;
  }

  /**
   * A session without a turn for so long, in milliseconds, is closed, and what was said in it is
   * forgotten; 0 for never.
   */
  public void setSessionIdleTimeout(long sessionIdleTimeout) {
    this.sessionIdleTimeout = sessionIdleTimeout;
  }

  public long getInterruptTimeout() {
    return interruptTimeout;
  }

  /**
   * How long the server of a socket may take to end an answer that was interrupted, in
   * milliseconds. After that the socket is closed, and the next turn opens another one.
   */
  public void setInterruptTimeout(long interruptTimeout) {
    this.interruptTimeout = interruptTimeout;
  }

  public long getToolTimeout() {
    return toolTimeout;
  }

  /**
   * How long the results of tools may take, in milliseconds, where the model has ended its answer
   * to wait for them; 0 for ever. The turn fails after that.
   */
  public void setToolTimeout(long toolTimeout) {
    this.toolTimeout = toolTimeout;
  }

  public int getMaxQueuedTurns() {
    return maxQueuedTurns;
  }

  /** How many turns of one session may wait for those before them. Another one is refused. */
  public void setMaxQueuedTurns(int maxQueuedTurns) {
    this.maxQueuedTurns = maxQueuedTurns;
  }

  public int getMaxTurns() {
    return maxTurns;
  }

  /**
   * How many turns of the conversation are kept to be told to the model, where its server does not
   * know them by itself; the oldest are forgotten first. A context update counts as one.
   */
  public void setMaxTurns(int maxTurns) {
    this.maxTurns = maxTurns;
  }
}
