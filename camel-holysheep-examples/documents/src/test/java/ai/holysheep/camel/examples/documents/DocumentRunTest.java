package ai.holysheep.camel.examples.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.holysheep.camel.simulator.RecordedRequest;
import ai.holysheep.camel.simulator.SimulatorExtension;
import ai.holysheep.camel.simulator.SimulatorOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of documents. */
class DocumentRunTest {

  @RegisterExtension
  static final SimulatorExtension SIMULATOR =
      new SimulatorExtension(
          SimulatorOptions.defaults().withPaceFactor(0).withApiKey("the-right-key"));

  private static final String LONG = "A sentence of the sheep. And another one! ".repeat(50);

  @TempDir Path temporary;
  private Work work;

  @BeforeEach
  void makeFolder() {
    work = new Work(temporary.resolve("a work folder"), SIMULATOR.baseUrl(), "the-right-key");
    SIMULATOR.simulator().clearRequests();
  }

  @Test
  void newFolderGetsSamplesOfWhichFourAreAnsweredAndThreeFail() throws Exception {
    assertThat(work.run()).isNull();
    assertThat(work.files("answers"))
        .containsExactly("letter.txt", "minutes.txt", "the-shepherd.txt", "wool.txt");
    assertThat(work.files("done")).isEqualTo(work.files("answers"));
    assertThat(work.files("failed"))
        .containsExactly(
            "binary.txt",
            "binary.txt.reason.txt",
            "empty.txt",
            "empty.txt.reason.txt",
            "refused.txt",
            "refused.txt.reason.txt");
    assertThat(work.files("inbox")).isEmpty();
    assertThat(work.printed())
        .contains("[1/7] failed  binary.txt: It is not text in UTF-8.")
        .contains("[7/7] done    wool.txt: 1");
    assertThat(work.summary()).startsWith("4 answered, 3 failed; ");
  }

  @Test
  void answerIsWholeWhetherItComesAtOnceOrInSentences() throws Exception {
    work.put("short.txt", "[[echo]]Grüße an das Schaf 🐑\n");
    work.put("long.txt", "[[echo]]" + LONG);
    assertThat(work.run()).isNull();
    assertThat(work.read("answers/short.txt")).isEqualTo("Grüße an das Schaf 🐑\n");
    assertThat(work.read("answers/long.txt")).isEqualTo(LONG);
    assertThat(SIMULATOR.simulator().requests())
        .extracting(request -> request.body().contains("\"stream\":true"))
        .containsExactly(true, false);
  }

  @Test
  void modelIsToldWhatToDo() throws Exception {
    work.put("a.txt", "One.");
    work.run();
    assertThat(SIMULATOR.simulator().requests())
        .extracting(RecordedRequest::body)
        .singleElement()
        .asString()
        .contains("Say it in French.");
  }

  @Test
  void documentsInFoldersKeepTheirFolders() throws Exception {
    work.put("2026/may/a.txt", "[[echo]]May");
    work.run();
    assertThat(work.read("answers/2026/may/a.txt")).isEqualTo("May");
    assertThat(work.files("done")).containsExactly("2026/may/a.txt");
  }

  @Test
  void answerThatBreaksOffLeavesNothingUnderItsNameAndTheOthersGoOn() throws Exception {
    work.put("a.txt", "[[cut=30]][[echo]]" + LONG);
    work.put("b.txt", "[[echo]]Whole");
    assertThat(work.run()).isNull();
    assertThat(work.files("answers")).containsExactly("b.txt");
    assertThat(work.files(".partial")).isEmpty();
    assertThat(work.read("failed/a.txt")).endsWith(LONG);
    assertThat(work.read("failed/a.txt.reason.txt"))
        .startsWith("What happened: ")
        .contains("is not whole")
        .contains("What to do:    Move the document back to inbox to ask again.");
  }

  @Test
  void documentThatIsPutBackAndAnsweredHasNoReasonAnyMore() throws Exception {
    work.put("a.txt", "[[cut=30]][[times=1]][[echo]]" + LONG);
    work.run();
    work.move("failed/a.txt", "inbox/a.txt");
    work.run();
    assertThat(work.read("answers/a.txt")).isEqualTo(LONG);
    assertThat(work.files("failed")).isEmpty();
  }

  @Test
  void documentThatTheServerRefusesHasTheServersWordsBesideIt() throws Exception {
    work.put("a.txt", "[[status=400:bad_sheep]]");
    work.run();
    assertThat(work.read("failed/a.txt.reason.txt"))
        .contains("HTTP 400")
        .contains("Change the document and move it back to inbox")
        .doesNotContain("the-right-key");
    assertThat(work.files("failed")).contains("a.txt");
  }

  @Test
  void documentThatIsNoTextOrTooLongIsNotSent() throws Exception {
    work.put("blank.txt", " \n\t ");
    work.put("latin.txt", "Gr\u00fc\u00dfe".getBytes(StandardCharsets.ISO_8859_1));
    work.put("long.txt", "x".repeat(Work.MOST_CHARACTERS + 1));
    work.put("huge.txt", new byte[4 * Work.MOST_CHARACTERS + 1]);
    work.run();
    assertThat(work.files("answers")).isEmpty();
    assertThat(work.read("failed/blank.txt.reason.txt")).contains("It is empty.");
    assertThat(work.read("failed/latin.txt.reason.txt")).contains("not text in UTF-8", "iconv");
    assertThat(work.read("failed/long.txt.reason.txt")).contains("10001 characters");
    assertThat(work.read("failed/huge.txt.reason.txt")).contains("40001 bytes");
    assertThat(SIMULATOR.simulator().requests()).isEmpty();
  }

  @Test
  void refusedKeyStopsTheRunAndEveryDocumentStaysInTheInbox() throws Exception {
    Work wrong = new Work(temporary.resolve("wrong"), SIMULATOR.baseUrl(), "the-wrong-key");
    wrong.put("a.txt", "One.");
    wrong.put("b.txt", "Two.");
    Verdict verdict = wrong.run();
    assertThat(verdict).isNotNull();
    assertThat(verdict.reason()).contains("does not accept the API key");
    assertThat(wrong.files("inbox")).containsExactly("a.txt", "b.txt");
    assertThat(wrong.files("failed")).isEmpty();
    assertThat(wrong.files("answers")).isEmpty();
  }

  @Test
  void thirdDocumentInARowThatTheServerFailsWithStopsTheRun() throws Exception {
    for (String name : List.of("a.txt", "b.txt", "d.txt", "e.txt", "f.txt", "g.txt")) {
      work.put(name, "[[error=30]][[echo]]" + LONG);
    }
    work.put("c.txt", "[[echo]]Whole");
    Verdict verdict = work.run();
    assertThat(verdict).isNotNull();
    assertThat(verdict.cause()).isEqualTo(Verdict.Cause.SERVER);
    assertThat(work.files("answers")).containsExactly("c.txt");
    assertThat(work.files("failed"))
        .filteredOn(name -> !name.endsWith(".reason.txt"))
        .containsExactly("a.txt", "b.txt", "d.txt", "e.txt");
    assertThat(work.files("inbox")).containsExactly("f.txt", "g.txt");
  }

  @Test
  void documentThatCannotBeMovedAwayIsNotTakenForEver() throws Exception {
    work.put("a.txt", "[[echo]]One");
    work.put("../done", "a file where there should be a folder");
    Verdict verdict = work.run();
    assertThat(verdict).isNotNull();
    assertThat(verdict.reason()).startsWith("a.txt is still in ");
    assertThat(work.read("answers/a.txt")).isEqualTo("One");
    assertThat(SIMULATOR.simulator().requests()).hasSize(1);
  }

  @Test
  void documentThatWasAnsweredIsNotAskedAgainUntilItIsChanged() throws Exception {
    work.put("a.txt", "[[echo]]One");
    work.run();
    work.move("done/a.txt", "inbox/a.txt");
    work.run();
    assertThat(SIMULATOR.simulator().requests()).hasSize(1);
    assertThat(work.printed()).contains("[1/1] skipped a.txt: answered before");
    assertThat(work.files("done")).containsExactly("a.txt");
    work.put("a.txt", "[[echo]]Another");
    work.run();
    assertThat(work.read("answers/a.txt")).isEqualTo("Another");
  }

  @Test
  void secondRunInTheSameFolderIsRefused() throws Exception {
    try (WorkFolder first = WorkFolder.open(temporary)) {
      assertThat(first.waiting()).isEqualTo(7);
      assertThatThrownBy(() -> WorkFolder.open(temporary))
          .hasMessageStartingWith("Another run works in " + temporary);
    }
    WorkFolder.open(temporary).close();
  }

  @Test
  void whatWasPutBackNeverReplacesANewerDocument() throws Exception {
    Files.createDirectories(temporary.resolve("inbox"));
    Files.createDirectories(temporary.resolve("again"));
    Files.writeString(temporary.resolve("inbox/a.txt"), "new");
    Files.writeString(temporary.resolve("again/a.txt"), "old");
    Files.writeString(temporary.resolve("again/b.txt"), "b");
    WorkFolder.open(temporary).close();
    assertThat(temporary.resolve("inbox/a.txt")).hasContent("new");
    assertThat(temporary.resolve("again/a.txt")).hasContent("old");
    assertThat(temporary.resolve("inbox/b.txt")).hasContent("b");
  }
}
