/** Usage computed from what the server sent and from the texts that passed; never reads a clock. */
@NullMarked
package ai.holysheep.camel.accounting;

import org.jspecify.annotations.NullMarked;
