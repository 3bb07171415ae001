package ai.holysheep.camel.examples.documents;

import ai.holysheep.camel.HolySheepComponent;
import java.io.File;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.file.FileConstants;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.processor.idempotent.FileIdempotentRepository;
import org.jspecify.annotations.Nullable;

/**
 * Answers all documents of a work folder, and ends when the inbox is empty, or when no other
 * document could be answered either. The routes are in {@code documents.camel.xml}; they call the
 * public methods.
 */
final class DocumentRun {

  /** So many documents in a row that the server fails with are taken for all of them. */
  private static final int IN_A_ROW = 3;

  private static final int REMEMBERED = 10_000;
  private static final long LARGEST_MEMORY = 64L * 1024 * 1024;

  private final Settings settings;
  private final WorkFolder folder;
  private final Progress progress;
  private final CountDownLatch over = new CountDownLatch(1);

  // Of the route, which takes one document at a time.
  private final Set<String> begun = new HashSet<>();
  private int failedByServer;

  private volatile @Nullable Verdict stoppedBy;

  DocumentRun(Settings settings, WorkFolder folder, Progress progress) {
    this.settings = settings;
    this.folder = folder;
    this.progress = progress;
  }

  /**
   * Runs until it is over.
   *
   * @return why it had to stop; null where all documents were taken
   */
  @Nullable Verdict run() throws Exception {
    try (DefaultCamelContext camel = context()) {
      camel.start();
      over.await();
    }
    folder.putBack();
    return stoppedBy;
  }

  private DefaultCamelContext context() throws Exception {
    DefaultCamelContext camel = new DefaultCamelContext();
    HolySheepComponent holySheep = camel.getComponent("holysheep", HolySheepComponent.class);
    holySheep.getConfiguration().setApiKey(settings.apiKey());
    if (settings.baseUrl() != null) {
      holySheep.getConfiguration().setBaseUrl(settings.baseUrl());
    }
    camel.getPropertiesComponent().addInitialProperty("folder", settings.folder().toString());
    camel.getPropertiesComponent().addInitialProperty("model", settings.model());
    camel.getRegistry().bind("run", this);
    camel.getRegistry().bind("progress", progress);
    camel.getRegistry().bind("answers", new AnswerFiles(folder));
    camel
        .getRegistry()
        .bind("reader", new DocumentReader(settings.instruction(), settings.limits()));
    camel.getRegistry().bind("remembered", IdempotentRepository.class, remembered());
    // A stop ends the answer that is under way, and waits only until its document is put back.
    holySheep.setCancelOnShutdown(true);
    PluginHelper.getRoutesLoader(camel)
        .loadRoutes(
            PluginHelper.getResourceLoader(camel).resolveResource("classpath:documents.camel.xml"));
    return camel;
  }

  private IdempotentRepository remembered() {
    File file = folder.path(".answered").toFile();
    return FileIdempotentRepository.fileIdempotentRepository(file, REMEMBERED, LARGEST_MEMORY);
  }

  /** Nothing was found in the inbox. What is still being copied into it is waited for. */
  public void idle() throws IOException {
    if (folder.waiting() == 0) {
      over.countDown();
    }
  }

  /**
   * A document is taken.
   *
   * @throws IllegalStateException if it was taken before: it would come again for ever; or if the
   *     run has stopped, while the route still takes what it has listed
   */
  public void begin(Exchange exchange) {
    progress.begin(exchange);
    if (stoppedBy != null) {
      throw new IllegalStateException("The run has stopped.");
    }
    Message message = exchange.getMessage();
    String document = message.getHeader(Exchange.FILE_NAME, String.class);
    if (!begun.add(document + " " + message.getHeader(FileConstants.FILE_LAST_MODIFIED))) {
      throw new IllegalStateException(
          document + " is still in " + folder.path("inbox") + ", from where it cannot be moved.");
    }
  }

  /** A document has its answer. */
  public void answered() {
    failedByServer = 0;
    progress.answered();
  }

  /**
   * A document could not be answered.
   *
   * @return what to write beside it
   */
  public String failed(Exchange exchange) {
    Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
    Verdict verdict = Verdict.of(failure);
    failedByServer = verdict.cause() == Verdict.Cause.SERVER ? failedByServer + 1 : 0;
    if (verdict.cause() == Verdict.Cause.ALL || failedByServer >= IN_A_ROW) {
      stop(verdict);
      exchange.setProperty("goesTo", "again");
      return "";
    }
    exchange.setProperty("goesTo", "failed");
    progress.failed(verdict.reason());
    return """
        What happened: %s
        What to do:    %s
        """
        .formatted(verdict.reason(), verdict.advice());
  }

  private void stop(Verdict verdict) {
    progress.kept();
    if (over.getCount() > 0) {
      stoppedBy = verdict;
    }
    over.countDown();
  }
}
