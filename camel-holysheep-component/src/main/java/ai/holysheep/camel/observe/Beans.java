package ai.holysheep.camel.observe;

import org.jspecify.annotations.Nullable;

/** What an application has bound for its components. Thread-safe. */
public interface Beans {

  /** The one of this name, or the only one of this type; null where there is none. */
  <T> @Nullable T find(String name, Class<T> type);
}
