package ai.holysheep.camel.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import ai.holysheep.camel.HolySheepConstants;
import ai.holysheep.camel.HolySheepRespondProducer;
import ai.holysheep.camel.accounting.CallBudget;
import ai.holysheep.camel.accounting.PriceTable;
import ai.holysheep.camel.accounting.Pricing;
import ai.holysheep.camel.accounting.Spent;
import ai.holysheep.camel.accounting.WindowBudget;
import ai.holysheep.camel.recovery.Recovery;
import ai.holysheep.camel.recovery.RetryPolicy;
import ai.holysheep.camel.transport.Limits;
import ai.holysheep.camel.transport.SystemTimers;
import ai.holysheep.camel.transport.http.HttpProxy;
import ai.holysheep.camel.transport.http.HttpSettings;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The rooms of the component and the direction between them. */
class ArchitectureTest {

  static final String BASE = "ai.holysheep.camel";

  private static final String CHAT = BASE + ".chat..";
  private static final String ERROR = BASE + ".error..";
  private static final String CLIENT = BASE + ".client..";
  private static final String CONVERT = BASE + ".convert..";
  private static final String TRANSPORT = BASE + ".transport..";
  private static final String RESPOND = BASE + ".respond..";
  private static final String SPRING_BOOT = BASE + ".springboot..";
  private static final String OBSERVE = BASE + ".observe..";
  private static final String[] STRANGERS = {
    TRANSPORT,
    BASE + ".wire..",
    BASE + ".stream..",
    BASE + ".recovery..",
    BASE + ".accounting..",
    OBSERVE
  };

  /** The parts of a call's settings, which the door reads from its options. */
  private static final Class<?>[] SETTINGS = {
    CallBudget.class,
    PriceTable.class,
    Pricing.class,
    Spent.class,
    WindowBudget.class,
    Limits.class,
    RetryPolicy.class,
    Recovery.class,
    HttpSettings.class,
    HttpProxy.class
  };

  private static final DescribedPredicate<JavaClass> THE_JDK =
      resideInAnyPackage("java..", "javax..", "org.jspecify..");

  static final ArchRule camelIsKnownAtTheDoorAndInConvertOnly =
      noClasses()
          .that()
          .resideOutsideOfPackages(BASE, CONVERT, RESPOND, SPRING_BOOT)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.camel..");

  static final ArchRule springIsKnownInItsOwnRoomOnly =
      noClasses()
          .that()
          .resideOutsideOfPackage(SPRING_BOOT)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.springframework..");

  static final ArchRule theRoomOfSpringKnowsNoOther =
      noClasses()
          .that()
          .resideInAPackage(SPRING_BOOT)
          .should()
          .dependOnClassesThat(
              resideInAPackage(BASE + "..").and(not(resideInAPackage(SPRING_BOOT))));

  static final ArchRule httpAndWebSocketLibrariesAreKnownInTransportOnly =
      noClasses()
          .that()
          .resideOutsideOfPackages(TRANSPORT, RESPOND)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.hc..", "io.vertx..");

  static final ArchRule theOptionalServerIsKnownInRespondOnly =
      noClasses()
          .that()
          .resideOutsideOfPackage(RESPOND)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.camel.component.platform..");

  static final ArchRule respondIsKnownToTheProducerThatNeedsItOnly =
      noClasses()
          .that()
          .resideOutsideOfPackage(RESPOND)
          .and()
          .doNotBelongToAnyOf(HolySheepRespondProducer.class)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(RESPOND);

  static final ArchRule respondKnowsNoOtherRoom =
      noClasses()
          .that()
          .resideInAPackage(RESPOND)
          .should()
          .dependOnClassesThat(resideInAPackage(BASE + "..").and(not(resideInAPackage(RESPOND))));

  static final ArchRule theSseParserIsPlainJdk =
      classes()
          .that()
          .haveSimpleNameStartingWith("Sse")
          .should()
          .onlyDependOnClassesThat(THE_JDK.or(resideInAPackage(TRANSPORT)));

  static final ArchRule jacksonIsKnownInWireOnly =
      noClasses()
          .that()
          .resideOutsideOfPackage(BASE + ".wire..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.fasterxml..");

  /** An application may do without the library. */
  static final ArchRule reactiveStreamsAreKnownToOneClassOnly =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName(BASE + ".convert.ReactiveStreams")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.reactivestreams..");

  static final ArchRule theVocabularyKnowsNothing =
      classes()
          .that()
          .resideInAPackage(CHAT)
          .should()
          .onlyDependOnClassesThat(THE_JDK.or(resideInAPackage(CHAT)));

  static final ArchRule errorsKnowTheVocabularyOnly =
      classes()
          .that()
          .resideInAPackage(ERROR)
          .should()
          .onlyDependOnClassesThat(THE_JDK.or(resideInAnyPackage(CHAT, ERROR)));

  static final ArchRule streamAndAccountingArePlainJdk =
      classes()
          .that()
          .resideInAnyPackage(BASE + ".stream..", BASE + ".accounting..", BASE + ".recovery..")
          .should()
          .onlyDependOnClassesThat(
              THE_JDK.or(
                  resideInAnyPackage(
                      CHAT,
                      ERROR,
                      BASE + ".stream..",
                      BASE + ".accounting..",
                      BASE + ".recovery..")));

  static final ArchRule strangersAreIntroducedByTheClientOnly =
      slices()
          .matching(BASE + ".(transport|wire|stream|recovery|accounting|observe)..")
          .should()
          .notDependOnEachOther();

  static final ArchRule roomsBehindTheDoorDoNotKnowIt =
      noClasses()
          .that()
          .resideOutsideOfPackage(BASE)
          .should()
          .dependOnClassesThat(resideInAPackage(BASE).and(not(type(HolySheepConstants.class))));

  static final ArchRule strangersDoNotKnowClientAndConvert =
      noClasses()
          .that()
          .resideInAnyPackage(STRANGERS)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(CLIENT, CONVERT);

  static final ArchRule clientAndConvertDoNotKnowEachOther =
      slices().matching(BASE + ".(client|convert)..").should().notDependOnEachOther();

  static final ArchRule convertKnowsTheVocabularyOnly =
      noClasses()
          .that()
          .resideInAPackage(CONVERT)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(STRANGERS);

  static final ArchRule theDoorReachesTheStrangersThroughTheClientOnly =
      noClasses()
          .that()
          .resideInAPackage(BASE)
          .and()
          .doNotHaveFullyQualifiedName(BASE + ".ChatEngine")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(STRANGERS)
                  .and(not(resideInAPackage(OBSERVE)))
                  .and(not(belongToAnyOf(SETTINGS))));

  /** Whoever observes changes nothing, so it needs to know nobody who could. */
  static final ArchRule observersKnowTheVocabularyOnly =
      noClasses()
          .that()
          .resideInAPackage(OBSERVE)
          .should()
          .dependOnClassesThat(
              resideInAPackage(BASE + "..").and(not(resideInAnyPackage(OBSERVE, CHAT, ERROR))));

  /** An application may do without the libraries. */
  static final ArchRule metricsAndSpansAreKnownToTheirObserversOnly =
      noClasses()
          .that()
          .haveNameNotMatching(".*\\.observe\\.(MeterObserver|SpanObserver)\\b.*")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.micrometer..", "io.opentelemetry..");

  static final ArchRule roomsHaveNoCycles =
      slices().matching(BASE + ".(*)..").should().beFreeOfCycles();

  static final ArchRule nobodySleeps =
      noClasses().should().callMethod(Thread.class, "sleep", long.class);

  static final ArchRule theClockHasOneOwner =
      noClasses()
          .that()
          .doNotBelongToAnyOf(SystemTimers.class)
          .should()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(java.time.Instant.class, "now");

  static final ArchRule nobodyPrints =
      noClasses()
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err");

  static final ArchRule namesSayWhatAClassIs =
      noClasses()
          .should()
          .haveNameMatching(".*(Impl|Util|Utils|Helper|Manager)")
          .orShould()
          .haveNameMatching(".*\\.Abstract[A-Z].*");

  static final ArchRule exceptionsSayThatTheyAre =
      classes()
          .that()
          .areAssignableTo(Exception.class)
          .and()
          .doNotHaveSimpleName("TransportFault")
          .should()
          .haveSimpleNameEndingWith("Exception");

  static final ArchRule everyRoomIsNullMarked =
      classes().that().doNotHaveModifier(JavaModifier.SYNTHETIC).should(beInANullMarkedPackage());

  private static final JavaClasses COMPONENT =
      new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages(BASE);

  @TestFactory
  Stream<DynamicTest> rules() {
    return Arrays.stream(ArchitectureTest.class.getDeclaredFields())
        .filter(field -> field.getType() == ArchRule.class)
        .map(field -> DynamicTest.dynamicTest(field.getName(), () -> rule(field).check(COMPONENT)));
  }

  private static ArchRule rule(Field field) throws IllegalAccessException {
    return ((ArchRule) field.get(null)).allowEmptyShould(true);
  }

  private static ArchCondition<JavaClass> beInANullMarkedPackage() {
    return new ArchCondition<>("be in a package with @NullMarked") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
        events.add(new SimpleConditionEvent(type, marked, type.getName() + " is not"));
      }
    };
  }
}
