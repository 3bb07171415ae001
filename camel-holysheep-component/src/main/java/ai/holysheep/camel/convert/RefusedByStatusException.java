package ai.holysheep.camel.convert;

import ai.holysheep.camel.error.Refusal;
import org.apache.camel.http.base.HttpOperationFailedException;

/**
 * The cause of a failure that came from an HTTP status: what routes for HTTP catch.
 *
 * <p>Camel looks for {@code onException} from the last cause upwards and takes the clause that is
 * the fewest generations away from an exception. So that a clause for the component's own family is
 * taken wherever there is one, its exceptions are two generations away from Camel's.
 */
abstract class RefusedByStatusException extends HttpOperationFailedException {

  private final String says;

  private RefusedByStatusException(Refusal refusal, String says) {
    super(
        refusal.uri(),
        refusal.status(),
        refusal.reason(),
        refusal.location(),
        refusal.headers(),
        refusal.body());
    this.says = says;
  }

  /** The cause of a failure with this message. */
  static RefusedByStatusException of(Refusal refusal, String says) {
    return new HttpStatusException(refusal, says);
  }

  /** The sentence of the failure, which says more than that of Camel. */
  @Override
  public String getMessage() {
    return says;
  }

  private static final class HttpStatusException extends RefusedByStatusException {
    HttpStatusException(Refusal refusal, String says) {
      super(refusal, says);
    }
  }
}
