package ai.holysheep.camel.error;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A reply with another status than 2xx, as far as it is fit to be shown: never with the key, and
 * without what might let somebody else in.
 *
 * @param uri the address that was asked, without user, query and fragment
 * @param status the HTTP status
 * @param reason what the server calls that status; null where it says nothing
 * @param headers the headers of the reply that tell something about the refusal, whatever the case
 *     of the name
 * @param location where a redirect leads, without user, query and fragment; null where nowhere
 * @param body the beginning of the body; empty where there is none
 */
public record Refusal(
    String uri,
    int status,
    @Nullable String reason,
    Map<String, String> headers,
    @Nullable String location,
    String body) {}
