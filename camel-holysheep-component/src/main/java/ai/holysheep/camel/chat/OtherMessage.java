package ai.holysheep.camel.chat;

import java.io.Serializable;

/**
 * A message of a session of a kind that is not known here.
 *
 * @param type the server's word for its kind
 * @param json the whole message as JSON text of one line
 */
public record OtherMessage(String type, String json) implements Serializable {}
