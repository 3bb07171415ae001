package ai.holysheep.camel.client;

import ai.holysheep.camel.accounting.WindowBudget;
import java.time.Duration;

/**
 * What all calls of a client have in common.
 *
 * @param connectTimeout what the transport was told, to name it in errors
 * @param connectionRequestTimeout what the transport was told, to name it in errors
 * @param retryBudget how many further tries all calls to one server share; 0 for no limit
 * @param spending how much all calls may use together
 */
public record ClientLimits(
    Duration connectTimeout,
    Duration connectionRequestTimeout,
    int retryBudget,
    WindowBudget spending) {}
