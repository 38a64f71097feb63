import java.io.*;
import java.lang.reflect.*;
import java.nio.charset.StandardCharsets;
import java.util.*;
import java.util.concurrent.CompletionStage;

/** Calls the candidate's method with the arguments that standard input brings, and reports what came of it. */
final class Main {
    private static final int LONGEST_REPORT = 60_000, LONGEST_MESSAGE = 2000;

    private Main() {
    }

    public static void main(String[] none) throws Exception {
        byte[] input = System.in.readAllBytes();
        System.setIn(new ByteArrayInputStream(new byte[0]));
        int end = 0;
        while (end < input.length && input[end] != '\n')
            end++;
        String nonce = new String(input, 0, end, StandardCharsets.US_ASCII);
        OutputStream report = DriverReport.open();
        String verb = "value", text;
        try {
            text = told(new CallMethod(CallTarget.CLASS, CallTarget.METHOD).invoke(input, end + 1));
        } catch (CallJson.Missing missing) {
            verb = "missing";
            text = missing.getMessage();
        } catch (CallWriter.Cannot cannot) {
            verb = "cannot";
            text = cannot.getMessage();
        } catch (CallWriter.TooLarge large) {
            verb = "large";
            text = "";
        } catch (Throwable raised) {
            verb = "raise";
            text = describe(raised);
        }
        byte[] bytes = (verb + " " + nonce + " " + text).getBytes(StandardCharsets.UTF_8);
        if (bytes.length > LONGEST_REPORT) {
            try (OutputStream file = new FileOutputStream(".result")) {
                file.write(bytes);
            }
            bytes = ("file " + nonce).getBytes(StandardCharsets.US_ASCII);
        }
        report.write(bytes);
        System.out.flush();
        // Without what the candidate asks to be done at the end, which may not end.
        Runtime.getRuntime().halt(0);
    }

    private static String told(Object result) throws Throwable {
        if (result instanceof CompletionStage) {
            try {
                result = ((CompletionStage<?>) result).toCompletableFuture().get();
            } catch (java.util.concurrent.ExecutionException failed) {
                throw failed.getCause();
            }
        }
        CallWriter writer = new CallWriter();
        writer.write(result, 0);
        return writer.toString();
    }

    private static String describe(Throwable raised) {
        CallWriter writer = new CallWriter();
        writer.add("{\"type\":");
        writer.text(name(raised.getClass()));
        writer.add(",\"bases\":[");
        for (Class<?> type = raised.getClass().getSuperclass(); type != Object.class; type = type.getSuperclass()) {
            writer.text(name(type));
            writer.add(type.getSuperclass() == Object.class ? "" : ",");
        }
        writer.add("],\"message\":");
        String message = "";
        try {
            message = String.valueOf(raised.getMessage() == null ? "" : raised.getMessage());
        } catch (Throwable mute) {
            // One of the candidate's own, which cannot say what it is.
        }
        writer.text(message.substring(0, Math.min(message.length(), LONGEST_MESSAGE)));
        writer.add("}");
        return writer.toString();
    }

    private static String name(Class<?> type) {
        return type.getName().replace('$', '.');
    }
}
