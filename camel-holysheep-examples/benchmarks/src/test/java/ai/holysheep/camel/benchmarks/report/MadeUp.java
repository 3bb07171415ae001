package ai.holysheep.camel.benchmarks.report;

/** Runs that nobody has made. */
final class MadeUp {

  private MadeUp() {}

  static Run run(String scenario, String way, double cpu, String failure) {
    return new Run(
        scenario,
        way,
        1,
        1,
        2,
        2000,
        0,
        cpu,
        1234.5,
        new Run.Micros(100, 900, 1500),
        Run.Micros.NONE,
        7,
        0,
        12,
        300,
        0,
        failure);
  }

  static Run run(String scenario, String way, double cpu) {
    return run(scenario, way, cpu, null);
  }
}
