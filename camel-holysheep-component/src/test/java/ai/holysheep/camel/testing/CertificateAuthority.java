package ai.holysheep.camel.testing;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.support.jsse.KeyManagersParameters;
import org.apache.camel.support.jsse.KeyStoreParameters;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.support.jsse.TrustManagersParameters;

/** An authority that signs certificates, made by the JDK's own tool. */
public final class CertificateAuthority {

  private static final String PASSWORD = "changeit";
  private static final String TYPE = "PKCS12";

  private final Path folder;
  private final Path keys;

  /**
   * Makes its key.
   *
   * @param folder where the keys are kept; whoever made it deletes it
   * @param name tells it apart from others in that folder
   */
  public CertificateAuthority(Path folder, String name) throws Exception {
    this.folder = folder;
    this.keys = folder.resolve(name + ".p12");
    pair(keys, "authority", "CN=" + name, "-ext", "bc:critical=ca:true");
  }

  /** Believes whom this authority has signed. */
  public SSLContextParameters trust() throws Exception {
    Path store = folder.resolve("trust-" + keys.getFileName());
    KeyStore believed = KeyStore.getInstance(TYPE);
    believed.load(null, null);
    believed.setCertificateEntry("authority", open(keys).getCertificate("authority"));
    save(believed, store);
    TrustManagersParameters trust = new TrustManagersParameters();
    trust.setKeyStore(parameters(store));
    SSLContextParameters parameters = new SSLContextParameters();
    parameters.setTrustManagers(trust);
    return parameters;
  }

  /**
   * Like {@link #trust}, and has a certificate of its own for these names.
   *
   * @param names as the tool wants them, for instance {@code ip:127.0.0.1}
   * @param more further arguments of the tool, for instance its validity
   */
  public SSLContextParameters identity(String names, String... more) throws Exception {
    Path all = folder.resolve("all-" + names.replace(':', '-') + more.length + ".p12");
    Files.copy(keys, all);
    List<String> arguments = new ArrayList<>(List.of("-signer", "authority", "-ext"));
    arguments.add("san=" + names);
    arguments.addAll(List.of(more));
    pair(all, "own", "CN=own", arguments.toArray(String[]::new));
    KeyStore store = open(all);
    store.deleteEntry("authority");
    save(store, all);
    KeyManagersParameters own = new KeyManagersParameters();
    own.setKeyStore(parameters(all));
    own.setKeyPassword(PASSWORD);
    SSLContextParameters parameters = trust();
    parameters.setKeyManagers(own);
    return parameters;
  }

  private void pair(Path store, String alias, String name, String... more) throws Exception {
    List<String> arguments =
        new ArrayList<>(List.of("-genkeypair", "-keyalg", "EC", "-storetype", TYPE));
    arguments.addAll(List.of("-alias", alias, "-dname", name));
    arguments.addAll(List.of("-storepass", PASSWORD, "-keystore", store.toString()));
    arguments.addAll(List.of(more));
    Certificates.keytool(folder, arguments.toArray(String[]::new));
  }

  private static KeyStoreParameters parameters(Path store) {
    KeyStoreParameters parameters = new KeyStoreParameters();
    parameters.setResource("file:" + store);
    parameters.setType(TYPE);
    parameters.setPassword(PASSWORD);
    return parameters;
  }

  private static KeyStore open(Path store) throws Exception {
    KeyStore keys = KeyStore.getInstance(TYPE);
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    return keys;
  }

  private static void save(KeyStore keys, Path store) throws Exception {
    try (OutputStream out = Files.newOutputStream(store)) {
      keys.store(out, PASSWORD.toCharArray());
    }
  }
}
