package ai.holysheep.camel.convert;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;

/** An application that has no library of Reactive Streams on its class path. */
class WithoutReactiveStreamsTest {

  private static final String STREAM = "ai.holysheep.camel.convert.ChatStream";

  @Test
  void componentStartsAndStreamsArePublishersOfTheJdk() throws Exception {
    try (URLClassLoader application =
        new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
      assertThat(isThere("org.reactivestreams.Publisher", application)).isFalse();
      Class<?> contextType = application.loadClass("org.apache.camel.impl.DefaultCamelContext");
      Thread thread = Thread.currentThread();
      ClassLoader before = thread.getContextClassLoader();
      thread.setContextClassLoader(application);
      try (AutoCloseable context =
          (AutoCloseable) contextType.getDeclaredConstructor().newInstance()) {
        contextType.getMethod("start").invoke(context);
        contextType.getMethod("getEndpoint", String.class).invoke(context, "holysheep:chat");
        Object registry = contextType.getMethod("getTypeConverterRegistry").invoke(context);
        Object converter =
            application
                .loadClass("org.apache.camel.spi.TypeConverterRegistry")
                .getMethod("lookup", Class.class, Class.class)
                .invoke(registry, Flow.Publisher.class, application.loadClass(STREAM));
        assertThat(converter).isNotNull();
      } finally {
        thread.setContextClassLoader(before);
      }
    }
  }

  private static URL[] classPath() {
    String[] entries = System.getProperty("java.class.path").split(File.pathSeparator);
    return Arrays.stream(entries)
        .filter(entry -> !entry.contains("reactive-streams"))
        .map(entry -> Path.of(entry).toUri())
        .map(WithoutReactiveStreamsTest::url)
        .toArray(URL[]::new);
  }

  private static URL url(URI address) {
    try {
      return address.toURL();
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean isThere(String name, ClassLoader loader) {
    try {
      loader.loadClass(name);
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }
}
