package ai.holysheep.camel.client.session;

import org.jspecify.annotations.Nullable;

/** What a try of a turn says first over a socket. */
interface TurnFrames {

  /** Over one that the session has had before; null where everything has been said. */
  @Nullable String onOpenSocket();

  /** Over a new one, whose server knows nothing yet. */
  @Nullable String onNewSocket();
}
