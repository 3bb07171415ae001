package ai.holysheep.camel.transport.http;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** Says in plain words why two sides could not agree on a secure connection. */
final class Handshakes {

  private Handshakes() {}

  /** The reason, which ends with the words of the JDK. */
  static String reason(Exception e) {
    String words = String.valueOf(e.getMessage());
    String plain = plain(e);
    return plain == null ? words : plain + " (" + words + ")";
  }

  private static @Nullable String plain(Throwable e) {
    Throwable last = e;
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      last = cause;
    }
    if (last instanceof CertificateExpiredException) {
      return "the server's certificate has expired";
    }
    if (last instanceof CertificateNotYetValidException) {
      return "the server's certificate is not valid yet";
    }
    if (last instanceof CertPathBuilderException) {
      return "the server's certificate is signed by nobody who is trusted here";
    }
    // What remains of the JDK's check of a chain is its check of the name.
    return last.getClass() == CertificateException.class
            || last instanceof SSLPeerUnverifiedException
        ? "the server's certificate is for another host"
        : null;
  }
}
