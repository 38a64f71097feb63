import java.lang.reflect.*;
import java.util.*;
import java.util.zip.*;

/**
 * The candidate's method: of the class that is named; else of Solution; else a static method of any class; else a method of
 * any class.
 */
final class CallMethod {
    private final String name;
    private final List<Method> methods = new ArrayList<>();

    CallMethod(String type, String method) throws Exception {
        name = method;
        List<Class<?>> classes = classes();
        for (Class<?> one : classes)
            if (one.getSimpleName().equals(type.isEmpty() ? "Solution" : type))
                add(one);
        if (type.isEmpty() && methods.isEmpty()) {
            for (Class<?> one : classes)
                add(one);
            methods.sort(Comparator.comparing(one -> Modifier.isStatic(one.getModifiers()) ? 0 : 1));
        }
        if (methods.isEmpty())
            throw new CallJson.Missing("the program has no method '" + (type.isEmpty() ? "" : type + ".") + method + "'");
    }

    Object invoke(byte[] input, int start) throws Throwable {
        CallJson.Missing first = null;
        for (Method method : methods) {
            Object[] arguments;
            try {
                arguments = read(new CallReader(input, start), method.getGenericParameterTypes());
            } catch (CallJson.Missing missing) {
                first = first == null ? missing : first;
                continue;
            }
            method.setAccessible(true);
            try {
                Object target = Modifier.isStatic(method.getModifiers()) ? null : create(method.getDeclaringClass());
                Object result = method.invoke(target, arguments);
                // What returns nothing has changed its first argument in place.
                boolean changed = method.getReturnType() == void.class && arguments.length > 0
                    && !method.getParameterTypes()[0].isPrimitive() && !(arguments[0] instanceof String);
                return changed ? arguments[0] : result;
            } catch (InvocationTargetException raised) {
                throw raised.getCause();
            }
        }
        throw first;
    }

    private void add(Class<?> type) {
        for (Class<?> one = type; one != null && one != Object.class; one = one.getSuperclass())
            for (Method method : one.getDeclaredMethods())
                if (method.getName().equals(name) && !method.isSynthetic() && !Modifier.isAbstract(method.getModifiers()))
                    methods.add(method);
    }

    // All that were compiled, but ours.
    private static List<Class<?>> classes() throws Exception {
        List<Class<?>> classes = new ArrayList<>();
        try (ZipFile jar = new ZipFile(System.getProperty("java.class.path"))) {
            for (ZipEntry entry : Collections.list(jar.entries())) {
                String path = entry.getName();
                if (path.endsWith(".class") && !path.matches("(Main|DriverReport|Call(Json|Method|Reader|Writer|Nodes|Target))(\\$.*)?\\.class"))
                    classes.add(Class.forName(path.substring(0, path.length() - 6).replace('/', '.'), false, CallMethod.class.getClassLoader()));
            }
        }
        return classes;
    }

    private Object[] read(CallReader reader, Type[] types) {
        Object[] arguments = new Object[types.length];
        int[] count = { 0 };
        reader.items("list", () -> {
            if (count[0] == types.length)
                throw new CallJson.Missing("'" + name + "' takes " + types.length + " arguments, and more are given");
            try {
                arguments[count[0]] = reader.read(types[count[0]++]);
            } catch (CallJson.Missing missing) {
                throw new CallJson.Missing("argument " + count[0] + " " + missing.getMessage());
            }
        });
        if (count[0] < types.length)
            throw new CallJson.Missing("'" + name + "' takes " + types.length + " arguments, and fewer are given");
        return arguments;
    }

    private static Object create(Class<?> type) throws Throwable {
        try {
            Constructor<?> constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor.newInstance();
        } catch (NoSuchMethodException | InstantiationException none) {
            throw new CallJson.Missing("there is no object of class '" + type.getSimpleName() + "' to call");
        }
    }
}
