package ai.holysheep.camel.catalogue;

import java.util.List;

/** Cases that belong together. */
record Group(String title, List<WireFault> faults) {

  static Group group(String title, WireFault... faults) {
    return new Group(title, List.of(faults));
  }
}
