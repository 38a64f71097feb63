import java.lang.reflect.*;
import java.math.*;
import java.nio.charset.StandardCharsets;
import java.util.*;

/** Reads arguments by the types of parameters. */
final class CallReader extends CallJson {
    CallReader(byte[] text, int start) {
        super(text, start);
    }

    /** The next value as one of a type. */
    Object read(Type type) {
        if (type instanceof Class<?>)
            return read((Class<?>) type, null);
        if (type instanceof ParameterizedType)
            return read((Class<?>) ((ParameterizedType) type).getRawType(), ((ParameterizedType) type).getActualTypeArguments());
        if (type instanceof GenericArrayType)
            return array(((GenericArrayType) type).getGenericComponentType());
        if (type instanceof WildcardType)
            return read(((WildcardType) type).getUpperBounds()[0]);
        Type bound = ((TypeVariable<?>) type).getBounds()[0];
        return bound instanceof Class<?> && bound != Comparable.class ? read(bound) : natural();
    }

    private Object read(Class<?> type, Type[] arguments) {
        if (type == int.class || type == Integer.class)
            return boxed(type) && word("null") ? null : (Object) (int) integer(Integer.MIN_VALUE, Integer.MAX_VALUE, "int");
        if (type == long.class || type == Long.class)
            return boxed(type) && word("null") ? null : (Object) integer(Long.MIN_VALUE, Long.MAX_VALUE, "long");
        if (type.isPrimitive())
            return primitive(type);
        if (type == Object.class || type == Comparable.class || type == java.io.Serializable.class)
            return natural();
        if (type == Optional.class)
            return word("null") ? Optional.empty() : Optional.of(read(arguments == null ? Object.class : arguments[0]));
        if (CallNodes.isNode(type))
            return nodes(type);
        if (word("null"))
            return null;
        if (type == String.class || type == CharSequence.class)
            return string();
        if (type == Double.class || type == Number.class)
            return real();
        if (type == BigInteger.class)
            return whole();
        if (type == BigDecimal.class)
            return new BigDecimal(number("number"));
        if (type.isArray())
            return array(type.getComponentType());
        if (Map.class.isAssignableFrom(type))
            return map(type, arguments);
        if (Iterable.class.isAssignableFrom(type))
            return collection(type, arguments);
        Class<?> plain = type == Float.class ? float.class : type == Boolean.class ? boolean.class : type == Character.class ? char.class
            : type == Short.class ? short.class : type == Byte.class ? byte.class : null;
        if (plain == null)
            throw new Missing("cannot be a " + type.getSimpleName());
        return primitive(plain);
    }

    private static boolean boxed(Class<?> type) {
        return !type.isPrimitive();
    }

    private Object primitive(Class<?> type) {
        if (type == double.class)
            return real();
        if (type == float.class)
            return (float) real();
        if (type == short.class)
            return (short) integer(Short.MIN_VALUE, Short.MAX_VALUE, "short");
        if (type == byte.class)
            return (byte) integer(Byte.MIN_VALUE, Byte.MAX_VALUE, "byte");
        if (type == boolean.class) {
            boolean yes = word("true");
            if (!yes && !word("false"))
                throw new Missing("is no boolean");
            return yes;
        }
        String letter = string();
        if (letter.length() != 1)
            throw new Missing("is no single char");
        return letter.charAt(0);
    }

    // Of a list, a tuple or a set alike: what they are put into says what they are.
    private void all(Runnable item) {
        boolean wrapped = peek() == '{' && (special("$tuple") || special("$set") || special("$frozenset"));
        items("list", item);
        if (wrapped)
            need('}', "list");
    }

    private Object array(Type item) {
        if (item == int.class) {
            int[][] numbers = { new int[16] };
            int[] count = { 0 };
            all(() -> {
                if (count[0] == numbers[0].length)
                    numbers[0] = Arrays.copyOf(numbers[0], 2 * count[0]);
                numbers[0][count[0]++] = (int) integer(Integer.MIN_VALUE, Integer.MAX_VALUE, "int");
            });
            return Arrays.copyOf(numbers[0], count[0]);
        }
        if (item == byte.class && special("$bytes")) {
            byte[] bytes = Base64.getDecoder().decode(string());
            need('}', "bytes");
            return bytes;
        }
        List<Object> items = new ArrayList<>();
        all(() -> items.add(read(item)));
        Object array = Array.newInstance(raw(item), items.size());
        for (int i = 0; i < items.size(); i++)
            Array.set(array, i, items.get(i));
        return array;
    }

    private static Class<?> raw(Type type) {
        return type instanceof Class<?> ? (Class<?>) type
            : type instanceof ParameterizedType ? (Class<?>) ((ParameterizedType) type).getRawType()
            : type instanceof GenericArrayType ? Array.newInstance(raw(((GenericArrayType) type).getGenericComponentType()), 0).getClass()
            : type instanceof TypeVariable<?> ? raw(((TypeVariable<?>) type).getBounds()[0])
            : Object.class;
    }

    private Collection<Object> collection(Class<?> type, Type[] arguments) {
        Type item = arguments == null ? Object.class : arguments[0];
        Collection<Object> items = made(type, new ArrayList<>(), new LinkedHashSet<>(), new ArrayDeque<>(), new TreeSet<>());
        all(() -> items.add(read(item)));
        return items;
    }

    private Map<Object, Object> map(Class<?> type, Type[] arguments) {
        Type key = arguments == null ? Object.class : arguments[0], value = arguments == null ? Object.class : arguments[1];
        Map<Object, Object> map = made(type, new LinkedHashMap<>(), new TreeMap<>());
        if (special("$dict")) {
            items("map", () -> {
                need('[', "map");
                Object name = read(key);
                need(',', "map");
                map.put(name, read(value));
                need(']', "map");
            });
            need('}', "map");
            return map;
        }
        boolean escaped = special("$escape");
        need('{', "map");
        if (!accept('}')) {
            do {
                // JSON's own objects have texts for keys: a number's is read as it.
                Object name = Number.class.isAssignableFrom(raw(key)) ? new CallReader(string().getBytes(StandardCharsets.UTF_8), 0).read(key) : read(key);
                need(':', "map");
                map.put(name, read(value));
            } while (accept(','));
            need('}', "map");
        }
        if (escaped)
            need('}', "map");
        return map;
    }

    // The type itself, or of those that are common the first that is one.
    @SuppressWarnings("unchecked")
    private static <T> T made(Class<?> type, Object... common) {
        if (!type.isInterface() && !Modifier.isAbstract(type.getModifiers())) {
            try {
                return (T) type.getDeclaredConstructor().newInstance();
            } catch (ReflectiveOperationException none) {
                throw new Missing("cannot be a " + type.getSimpleName());
            }
        }
        for (Object one : common)
            if (type.isInstance(one))
                return (T) one;
        throw new Missing("cannot be a " + type.getSimpleName());
    }

    private Object nodes(Class<?> type) {
        if (word("null"))
            return null;
        List<Object> values = new ArrayList<>();
        Type value = CallNodes.valueType(type);
        items("list", () -> values.add(word("null") ? null : read(value)));
        return CallNodes.isList(type) ? CallNodes.toList(type, values) : CallNodes.toTree(type, values);
    }

    // What a value is where the type says nothing.
    private Object natural() {
        switch (peek()) {
            case '"':
                return string();
            case '[':
                return collection(List.class, null);
            case '{':
                int before = at;
                boolean real = special("$float");
                at = before;
                if (real)
                    return real();
                boolean list = special("$tuple"), set = !list && (special("$set") || special("$frozenset"));
                at = before;
                return list ? collection(List.class, null) : set ? collection(Set.class, null) : map(Map.class, null);
            case 't':
            case 'f':
                return primitive(boolean.class);
            case 'n':
                word("null");
                return null;
            default:
                String digits = number("value");
                if (digits.matches(".*[.eE].*"))
                    return Double.valueOf(digits);
                BigInteger whole = new BigInteger(digits);
                return whole.bitLength() < 32 ? (Object) whole.intValue() : whole.bitLength() < 64 ? (Object) whole.longValue() : whole;
        }
    }
}
