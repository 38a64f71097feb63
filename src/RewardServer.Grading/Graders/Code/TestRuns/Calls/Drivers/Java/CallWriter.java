import java.lang.reflect.Array;
import java.math.*;
import java.util.*;
import java.util.stream.BaseStream;

/** Writes a result's form, by the type that it has. */
final class CallWriter {
    /** A result that cannot cross. */
    static final class Cannot extends RuntimeException {
        Cannot(String message) {
            super(message, null, false, false);
        }
    }

    /** A result that is over what is kept. */
    static final class TooLarge extends RuntimeException {
        TooLarge() {
            super(null, null, false, false);
        }
    }

    private static final int MOST_VALUES = 2_000_000, DEEPEST = 200, MOST_LETTERS = 64 << 20;
    private final StringBuilder text = new StringBuilder();
    private int values;

    @Override
    public String toString() {
        return text.toString();
    }

    void add(String some) {
        text.append(some);
    }

    void write(Object value, int depth) {
        if (++values > MOST_VALUES || text.length() > MOST_LETTERS)
            throw new TooLarge();
        if (depth > DEEPEST)
            throw new Cannot("the result is nested more than " + DEEPEST + " deep, or holds itself");
        if (value == null || value instanceof Boolean || value instanceof Integer || value instanceof Long || value instanceof Short || value instanceof Byte || value instanceof BigInteger)
            text.append(value);
        else if (value instanceof Double || value instanceof Float)
            real((Number) value);
        else if (value instanceof BigDecimal)
            decimal((BigDecimal) value);
        else if (value instanceof CharSequence || value instanceof Character)
            text(value.toString());
        else if (value instanceof byte[])
            add("{\"$bytes\":\"" + Base64.getEncoder().encodeToString((byte[]) value) + "\"}");
        else if (value.getClass().isArray())
            array(value, depth);
        else if (value instanceof Map)
            map(((Map<?, ?>) value).entrySet(), depth);
        else if (value instanceof Set)
            all("{\"$set\":[", ((Set<?>) value).iterator(), "]}", depth);
        else if (value instanceof Iterable)
            all("[", ((Iterable<?>) value).iterator(), "]", depth);
        else if (value instanceof BaseStream)
            all("[", ((BaseStream<?, ?>) value).iterator(), "]", depth);
        else
            other(value, depth);
    }

    private void other(Object value, int depth) {
        if (value instanceof Optional)
            write(((Optional<?>) value).orElse(null), depth);
        else if (value instanceof Map.Entry)
            all("{\"$tuple\":[", Arrays.asList(((Map.Entry<?, ?>) value).getKey(), ((Map.Entry<?, ?>) value).getValue()).iterator(), "]}", depth);
        else if (CallNodes.isNode(value.getClass()))
            all("[", CallNodes.values(value, MOST_VALUES).iterator(), "]", depth);
        else
            throw new Cannot("the result " + (depth > 0 ? "holds a " : "is a ") + value.getClass().getSimpleName() + ", which is no value that can be compared");
    }

    void text(String some) {
        text.append('"');
        for (int i = 0; i < some.length(); i++) {
            char letter = some.charAt(i);
            if (letter >= ' ' && letter != '"' && letter != '\\' && !Character.isSurrogate(letter))
                text.append(letter);
            else
                text.append(String.format("\\u%04x", (int) letter));
        }
        text.append('"');
    }

    private void real(Number value) {
        double number = value.doubleValue();
        if (Double.isNaN(number) || Double.isInfinite(number))
            add("{\"$float\":\"" + (Double.isNaN(number) ? "nan" : number > 0 ? "inf" : "-inf") + "\"}");
        else
            add(value.toString());
    }

    private void decimal(BigDecimal value) {
        if (Double.isInfinite(value.doubleValue())) {
            real(value.doubleValue());
            return;
        }
        String shown = value.toString();
        add(shown.matches(".*[.E].*") ? shown : shown + ".0");
    }

    private void array(Object array, int depth) {
        int length = Array.getLength(array);
        add("[");
        if (array instanceof int[] && (values += length) <= MOST_VALUES)
            for (int i = 0; i < length; i++)
                text.append(i > 0 ? "," : "").append(((int[]) array)[i]);
        else
            for (int i = 0; i < length; i++) {
                add(i > 0 ? "," : "");
                write(Array.get(array, i), depth + 1);
            }
        add("]");
    }

    private void all(String start, Iterator<?> items, String end, int depth) {
        add(start);
        for (String separator = ""; items.hasNext(); separator = ",") {
            add(separator);
            write(items.next(), depth + 1);
        }
        add(end);
    }

    private void map(Set<? extends Map.Entry<?, ?>> entries, int depth) {
        boolean plain = true, escaped = false;
        for (Map.Entry<?, ?> entry : entries) {
            plain &= entry.getKey() instanceof String || entry.getKey() instanceof Character;
            escaped |= plain && entry.getKey().toString().startsWith("$");
        }
        add(!plain ? "{\"$dict\":[" : escaped ? "{\"$escape\":{" : "{");
        String separator = "";
        for (Map.Entry<?, ?> entry : entries) {
            add(separator + (plain ? "" : "["));
            write(entry.getKey(), depth + 1);
            add(plain ? ":" : ",");
            write(entry.getValue(), depth + 1);
            add(plain ? "" : "]");
            separator = ",";
        }
        add(!plain ? "]}" : escaped ? "}}" : "}");
    }
}
