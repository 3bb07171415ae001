package ai.holysheep.camel.convert.join;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Values by number, in order of their numbers. Never changes; adding and taking away make another
 * one, at the cost of the logarithm of the size.
 *
 * <p>A tree that is kept in balance by giving each number a rank that looks random, and letting no
 * one stand under somebody of lower rank.
 */
final class NumberedValues<V> implements Serializable {

  private static final NumberedValues<?> EMPTY = new NumberedValues<>(null, 0);

  private final transient @Nullable Node<V> root;
  private final transient int size;

  private NumberedValues(@Nullable Node<V> root, int size) {
    this.root = root;
    this.size = size;
  }

  @SuppressWarnings("unchecked")
  static <V> NumberedValues<V> none() {
    return (NumberedValues<V>) EMPTY;
  }

  int size() {
    return size;
  }

  @Nullable V get(long number) {
    Node<V> node = root;
    while (node != null && node.number != number) {
      node = number < node.number ? node.lower : node.higher;
    }
    return node == null ? null : node.value;
  }

  /** With this value for the number, in place of the one that there was. */
  NumberedValues<V> with(long number, V value) {
    int more = get(number) == null ? 1 : 0;
    return new NumberedValues<>(put(root, number, value), size + more);
  }

  /** Without the value of the lowest number. */
  NumberedValues<V> withoutFirst() {
    return root == null ? this : new NumberedValues<>(withoutLowest(root), size - 1);
  }

  /** All values, lowest number first. */
  List<V> values() {
    List<V> values = new ArrayList<>(size);
    collect(root, null, values);
    return values;
  }

  private List<Long> numbers() {
    List<Long> numbers = new ArrayList<>(size);
    collect(root, numbers, new ArrayList<>(size));
    return numbers;
  }

  private static <V> void collect(
      @Nullable Node<V> node, @Nullable List<Long> numbers, List<V> values) {
    if (node != null) {
      collect(node.lower, numbers, values);
      if (numbers != null) {
        numbers.add(node.number);
      }
      values.add(node.value);
      collect(node.higher, numbers, values);
    }
  }

  private static <V> Node<V> put(@Nullable Node<V> node, long number, V value) {
    if (node == null) {
      return new Node<>(number, value, null, null);
    }
    if (number < node.number) {
      Node<V> lower = put(node.lower, number, value);
      return lower.outranks(node)
          ? lower.over(lower.lower, node.over(lower.higher, node.higher))
          : node.over(lower, node.higher);
    }
    if (number > node.number) {
      Node<V> higher = put(node.higher, number, value);
      return higher.outranks(node)
          ? higher.over(node.over(node.lower, higher.lower), higher.higher)
          : node.over(node.lower, higher);
    }
    return new Node<>(number, value, node.lower, node.higher);
  }

  private static <V> @Nullable Node<V> withoutLowest(Node<V> node) {
    return node.lower == null ? node.higher : node.over(withoutLowest(node.lower), node.higher);
  }

  private Object writeReplace() {
    return new Saved<>(numbers(), values());
  }

  private record Node<V>(long number, V value, @Nullable Node<V> lower, @Nullable Node<V> higher) {

    Node<V> over(@Nullable Node<V> newLower, @Nullable Node<V> newHigher) {
      return new Node<>(number, value, newLower, newHigher);
    }

    boolean outranks(Node<V> other) {
      return rank(number) > rank(other.number);
    }

    /** The mixing step of SplitMix64. */
    private static long rank(long number) {
      long mixed = number + 0x9e3779b97f4a7c15L;
      mixed = (mixed ^ (mixed >>> 30)) * 0xbf58476d1ce4e5b9L;
      mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
      return mixed ^ (mixed >>> 31);
    }
  }

  private record Saved<V>(List<Long> numbers, List<V> values) implements Serializable {

    private Object readResolve() {
      NumberedValues<V> restored = none();
      for (int i = 0; i < numbers.size(); i++) {
        restored = restored.with(numbers.get(i), values.get(i));
      }
      return restored;
    }
  }
}
