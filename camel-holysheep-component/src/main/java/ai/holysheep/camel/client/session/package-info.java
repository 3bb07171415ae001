/**
 * Agent sessions: turn after turn of one conversation, over one socket or, where the server offers
 * none, over one request after the other.
 */
@NullMarked
package ai.holysheep.camel.client.session;

import org.jspecify.annotations.NullMarked;
