package ai.holysheep.camel.benchmarks.scaling;

/**
 * What so many streams at the same time take.
 *
 * @param streams how many
 * @param nodes with one more than needed, so that one may be down
 * @param streamsPerNode how many each of the needed ones has
 * @param megabytesPerNode memory of the process
 * @param tokensPerSecond of all streams
 * @param callsPerSecond of all streams
 * @param gigabitsPerSecond what comes in from the model's servers
 * @param partitions of a Kafka topic that takes all tokens
 * @param addresses how many source addresses the connections to one address of a server need
 * @param dollarsPerHour of all nodes
 */
record Fleet(
    int streams,
    int nodes,
    int streamsPerNode,
    double megabytesPerNode,
    double tokensPerSecond,
    double callsPerSecond,
    double gigabitsPerSecond,
    int partitions,
    int addresses,
    double dollarsPerHour) {

  private static final double BITS = 8;

  /** The fleet that carries so many. */
  static Fleet of(Figures figures, int streams) {
    int needed = ceil((double) streams / figures.streamsOfNode());
    int each = ceil((double) streams / needed);
    double tokens = streams * figures.tokensPerSecond();
    return new Fleet(
        streams,
        needed + 1,
        each,
        figures.baseMegabytes() + each * figures.heapKilobytesPerStream() / 1024,
        tokens,
        figures.callsPerSecond(streams),
        tokens * figures.bytesPerToken() * BITS / 1e9,
        ceil(tokens / figures.tokensPerSecondOfPartition()),
        ceil((double) streams / figures.connectionsOfAddress()),
        (needed + 1) * figures.cores() * figures.pricePerCoreHour());
  }

  private static int ceil(double number) {
    return (int) Math.ceil(number);
  }
}
