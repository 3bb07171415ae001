package ai.holysheep.camel.survival;

/** The words around the tables. */
final class SurvivalPage {

  private SurvivalPage() {}

  static String page(String command, String tables) {
    return "# Streams in EIPs\n\n<!-- Made from the code. Do not edit; to make it anew: "
        + command
        + " -->\n\n"
        + SurvivalMatrix.legend()
        + tables;
  }
}
