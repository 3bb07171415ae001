package ai.holysheep.camel.examples.gateway.server;

import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.StaticHandler;
import java.util.Map;
import java.util.Objects;
import org.webjars.WebJarVersionLocator;

/** The files of the page, and the libraries that it uses, which are in jars. */
final class PageFiles {

  /** What the page may load and do: nothing from elsewhere, and no script or style within it. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src"
          + " 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors"
          + " 'none'";

  private static final Map<String, String[]> LIBRARIES =
      Map.of(
          "/lib/marked.js", new String[] {"marked", "lib/marked.esm.js"},
          "/lib/purify.js", new String[] {"dompurify", "dist/purify.es.mjs"});

  private final WebJarVersionLocator jars = new WebJarVersionLocator();

  void mount(Router router) {
    router.get("/*").handler(PageFiles::protect);
    router.get("/").handler(request -> request.reroute("/page/index.html"));
    LIBRARIES.forEach((path, file) -> router.get(path).handler(library(file[0], file[1])));
    // Files of a development build change under the same name.
    router
        .get("/page/*")
        .handler(StaticHandler.create("page").setCachingEnabled(false).setIncludeHidden(false));
  }

  private Handler<RoutingContext> library(String name, String file) {
    String path = Objects.requireNonNull(jars.fullPath(name, file), name + " is no WebJar here");
    return request ->
        request
            .response()
            .putHeader("Content-Type", "text/javascript; charset=utf-8")
            .putHeader("Cache-Control", "no-cache")
            .sendFile(path);
  }

  private static void protect(RoutingContext request) {
    MultiMap headers = request.response().headers();
    headers.set("Content-Security-Policy", POLICY);
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    request.next();
  }
}
