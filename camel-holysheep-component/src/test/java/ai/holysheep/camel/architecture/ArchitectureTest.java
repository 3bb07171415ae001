package ai.holysheep.camel.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import ai.holysheep.camel.HolySheepComponent;
import ai.holysheep.camel.HolySheepConstants;
import ai.holysheep.camel.transport.SystemTimers;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;

/** The rooms of the component and the direction between them. */
@AnalyzeClasses(packages = ArchitectureTest.BASE, importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  static final String BASE = "ai.holysheep.camel";

  private static final String CHAT = BASE + ".chat..";
  private static final String ERROR = BASE + ".error..";
  private static final String CLIENT = BASE + ".client..";
  private static final String CONVERT = BASE + ".convert..";
  private static final String TRANSPORT = BASE + ".transport..";
  private static final String[] STRANGERS = {
    TRANSPORT,
    BASE + ".wire..",
    BASE + ".stream..",
    BASE + ".recovery..",
    BASE + ".accounting..",
    BASE + ".observe.."
  };
  private static final DescribedPredicate<JavaClass> THE_JDK =
      resideInAnyPackage("java..", "javax..", "org.jspecify..");

  @ArchTest
  static final ArchRule camelIsKnownAtTheDoorAndInConvertOnly =
      noClasses()
          .that()
          .resideOutsideOfPackages(BASE, CONVERT)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.camel..");

  @ArchTest
  static final ArchRule httpAndWebSocketLibrariesAreKnownInTransportOnly =
      noClasses()
          .that()
          .resideOutsideOfPackage(TRANSPORT)
          .and()
          .doNotBelongToAnyOf(HolySheepComponent.class)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.hc..", "io.vertx..");

  @ArchTest
  static final ArchRule theSseParserIsPlainJdk =
      classes()
          .that()
          .haveSimpleNameStartingWith("Sse")
          .should()
          .onlyDependOnClassesThat(THE_JDK.or(resideInAPackage(TRANSPORT)));

  @ArchTest
  static final ArchRule jacksonIsKnownInWireOnly =
      noClasses()
          .that()
          .resideOutsideOfPackage(BASE + ".wire..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.fasterxml..");

  @ArchTest
  static final ArchRule theVocabularyKnowsNothing =
      classes()
          .that()
          .resideInAPackage(CHAT)
          .should()
          .onlyDependOnClassesThat(THE_JDK.or(resideInAPackage(CHAT)));

  @ArchTest
  static final ArchRule errorsKnowTheVocabularyOnly =
      classes()
          .that()
          .resideInAPackage(ERROR)
          .should()
          .onlyDependOnClassesThat(THE_JDK.or(resideInAnyPackage(CHAT, ERROR)));

  @ArchTest
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

  @ArchTest
  static final ArchRule strangersAreIntroducedByTheClientOnly =
      slices()
          .matching(BASE + ".(transport|wire|stream|recovery|accounting|observe)..")
          .should()
          .notDependOnEachOther();

  @ArchTest
  static final ArchRule roomsBehindTheDoorDoNotKnowIt =
      noClasses()
          .that()
          .resideOutsideOfPackage(BASE)
          .should()
          .dependOnClassesThat(resideInAPackage(BASE).and(not(type(HolySheepConstants.class))));

  @ArchTest
  static final ArchRule strangersDoNotKnowClientAndConvert =
      noClasses()
          .that()
          .resideInAnyPackage(STRANGERS)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(CLIENT, CONVERT);

  @ArchTest
  static final ArchRule clientAndConvertDoNotKnowEachOther =
      slices().matching(BASE + ".(client|convert)..").should().notDependOnEachOther();

  @ArchTest
  static final ArchRule convertKnowsTheVocabularyOnly =
      noClasses()
          .that()
          .resideInAPackage(CONVERT)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(STRANGERS);

  @ArchTest
  static final ArchRule theDoorReachesTheStrangersThroughTheClientOnly =
      noClasses()
          .that()
          .resideInAPackage(BASE)
          .and()
          .doNotBelongToAnyOf(HolySheepComponent.class)
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(STRANGERS)
                  .and(not(type(ai.holysheep.camel.transport.Limits.class))));

  @ArchTest
  static final ArchRule roomsHaveNoCycles =
      slices().matching(BASE + ".(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule nobodySleeps =
      noClasses().should().callMethod(Thread.class, "sleep", long.class);

  @ArchTest
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

  @ArchTest
  static final ArchRule nobodyPrints =
      noClasses()
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err");

  @ArchTest
  static final ArchRule namesSayWhatAClassIs =
      noClasses()
          .should()
          .haveNameMatching(".*(Impl|Util|Utils|Helper|Manager)")
          .orShould()
          .haveNameMatching(".*\\.Abstract[A-Z].*");

  @ArchTest
  static final ArchRule exceptionsSayThatTheyAre =
      classes()
          .that()
          .areAssignableTo(Exception.class)
          .and()
          .doNotHaveSimpleName("TransportFault")
          .should()
          .haveSimpleNameEndingWith("Exception");

  @ArchTest
  static final ArchRule everyRoomIsNullMarked =
      classes().that().doNotHaveModifier(JavaModifier.SYNTHETIC).should(beInANullMarkedPackage());

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
