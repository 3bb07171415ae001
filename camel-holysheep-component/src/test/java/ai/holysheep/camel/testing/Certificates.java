package ai.holysheep.camel.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Keys and certificates that the JDK's own tool makes, signed by nobody else. */
public final class Certificates {

  private static final String PASSWORD = "changeit";

  private final Path folder;

  /**
   * @param folder where the keys are kept; whoever made it deletes it
   */
  public Certificates(Path folder) {
    this.folder = folder;
  }

  /**
   * Has a certificate for these names and is believed by itself; the names as the tool wants them,
   * for instance {@code ip:127.0.0.1}.
   */
  public SSLContext of(String names) throws Exception {
    Path store = folder.resolve(names.replace(':', '-') + ".p12");
    keytool(
        folder,
        "-genkeypair",
        "-keyalg",
        "EC",
        "-alias",
        "test",
        "-dname",
        "CN=test",
        "-ext",
        "san=" + names,
        "-storepass",
        PASSWORD,
        "-keystore",
        store.toString());
    return context(store);
  }

  /** Runs the JDK's tool for keys, which leaves its words in that folder. */
  static void keytool(Path folder, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    Path log = folder.resolve("keytool.log");
    Process tool =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    assertThat(tool.waitFor(60, TimeUnit.SECONDS)).as("keytool ended").isTrue();
    assertThat(tool.exitValue()).as(Files.readString(log)).isZero();
  }

  private static SSLContext context(Path store) throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(keys, PASSWORD.toCharArray());
    KeyStore believed = KeyStore.getInstance("PKCS12");
    believed.load(null, null);
    believed.setCertificateEntry("test", keys.getCertificate("test"));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(believed);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }
}
