package ai.holysheep.camel.survival;

import ai.holysheep.camel.HolySheepConstants;
import ai.holysheep.camel.chat.Usage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;

/**
 * What was seen behind a step, in the order in which it came. The first part is held there until
 * another one comes, or for as long as the case has patience, so that it can be seen whether others
 * overtake it. Safe for many threads.
 */
final class Sightings {

  /** One exchange behind the step; the index is null where it is no part. */
  record Sighting(
      String branch, Long index, String type, String text, Object header, Object property) {

    boolean isPart() {
      return index != null;
    }

    boolean isLast() {
      return "usage".equals(type) || text.equals(Case.ANSWER);
    }
  }

  private final long patienceMillis;
  private final Set<String> branches = new HashSet<>();
  private final List<Sighting> seen = new ArrayList<>();
  private final CountDownLatch first = new CountDownLatch(1);
  private final CountDownLatch other = new CountDownLatch(1);
  private final CountDownLatch second = new CountDownLatch(1);
  private volatile Object kept;
  private boolean holding;
  private boolean ahead;
  private boolean overtaken;

  Sightings(long patienceMillis) {
    this.patienceMillis = patienceMillis;
  }

  /** There is this branch, whether or not something comes to it. */
  synchronized void branch(String name) {
    branches.add(name);
  }

  synchronized boolean hasBranches() {
    return branches.size() > 1;
  }

  /** A part comes to the step. */
  synchronized void enters(Exchange exchange) {
    ahead |= holding;
  }

  void sees(String branch, Exchange exchange) throws InterruptedException {
    if (note(sighting(branch, exchange))) {
      first.countDown();
      await(other);
      release();
    }
  }

  /** Waits until the first part is behind the step; false when it does not come. */
  boolean awaitFirst() throws InterruptedException {
    return await(first);
  }

  /** Waits until something more is behind the step, longer than the first part is held. */
  void awaitSecond() throws InterruptedException {
    if (!await(second)) {
      await(second);
    }
  }

  /** Holds on to what a step may drop, so that the garbage collector does not end it. */
  synchronized void keeps(Exchange exchange) {
    kept = exchange.getMessage().getBody();
  }

  private boolean await(CountDownLatch gate) throws InterruptedException {
    return gate.await(patienceMillis, TimeUnit.MILLISECONDS);
  }

  private synchronized boolean note(Sighting sighting) {
    seen.add(sighting);
    if (seen.size() > 1) {
      second.countDown();
    }
    if (holding) {
      overtaken = true;
      other.countDown();
    }
    holding |= seen.size() == 1 && sighting.isPart();
    return seen.size() == 1 && sighting.isPart();
  }

  private synchronized void release() {
    holding = false;
  }

  synchronized List<Sighting> all() {
    return List.copyOf(seen);
  }

  /** Whether the step was given the next part while the first one was still behind it. */
  synchronized boolean isAhead() {
    return ahead;
  }

  /** Whether another part came behind the step while the first one was still there. */
  synchronized boolean isOvertaken() {
    return overtaken;
  }

  private static Sighting sighting(String branch, Exchange exchange) {
    String text = exchange.getMessage().getBody(String.class);
    return new Sighting(
        branch,
        exchange.getMessage().getHeader(HolySheepConstants.INDEX, Long.class),
        type(exchange),
        text == null ? "" : text,
        exchange.getMessage().getHeader(CaseRoutes.HEADER),
        exchange.getProperty(CaseRoutes.PROPERTY));
  }

  /** What kind of part it is, even without its header. */
  private static String type(Exchange exchange) {
    return exchange.getMessage().getBody() instanceof Usage
        ? "usage"
        : exchange.getMessage().getHeader(HolySheepConstants.EVENT_TYPE, String.class);
  }
}
