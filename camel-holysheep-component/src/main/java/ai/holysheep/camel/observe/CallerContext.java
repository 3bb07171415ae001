package ai.holysheep.camel.observe;

/** What an observer has to know of the thread that asks; nobody else looks into it. */
public interface CallerContext {

  /** Nothing has to be known. */
  CallerContext NONE = new CallerContext() {};
}
