package ai.holysheep.camel.convert;

import ai.holysheep.camel.chat.StreamFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a route sets for all its requests.
 *
 * @param systemMessage put before conversations that have none; null for none
 * @param parameters values by the name of the header that overrides them; no nulls
 * @param bodyProperties further fields of the request by name
 * @param stream whether answers come as streams
 * @param streamFormat how streams are written as bytes; null where nobody has said so
 */
public record RequestDefaults(
    @Nullable String systemMessage,
    Map<String, Object> parameters,
    Map<String, Object> bodyProperties,
    boolean stream,
    @Nullable StreamFormat streamFormat) {}
