package ai.holysheep.camel.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every case of the catalogue has its verdict, in whatever pieces its bytes come. The page
 * docs/reference/wire-faults.md is made from the same cases.
 */
class WireFaultsTest {

  /** Other cuts in every run; to repeat one, put its seed here. */
  private static final long SEED = System.nanoTime();

  private static Asking asking;

  @BeforeAll
  static void open() {
    asking = Asking.open();
  }

  @AfterAll
  static void close() throws Exception {
    asking.close();
  }

  @TestFactory
  Stream<DynamicContainer> catalogue() {
    return Catalogue.groups().stream()
        .map(
            group ->
                DynamicContainer.dynamicContainer(
                    group.title(), group.faults().stream().map(WireFaultsTest::test)));
  }

  private static DynamicTest test(WireFault fault) {
    return DynamicTest.dynamicTest(
        fault.rule(),
        () -> {
          for (Delivery delivery : Delivery.all(SEED)) {
            assertThat(fault.seen(delivery))
                .as("%s: %s, %s", fault.rule(), fault.arrives(), delivery)
                .isEqualTo(fault.verdict());
          }
        });
  }

  @Test
  void everyRuleIsWrittenOnce() {
    assertThat(Catalogue.groups())
        .flatExtracting(Group::faults)
        .extracting(WireFault::rule)
        .doesNotHaveDuplicates();
  }
}
