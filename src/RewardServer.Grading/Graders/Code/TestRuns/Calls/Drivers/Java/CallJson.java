import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/** The server's JSON, which is well formed, piece by piece; what is not the piece that is wanted is missing. */
class CallJson {
    /** There is nothing to call with these arguments. */
    static final class Missing extends RuntimeException {
        Missing(String message) {
            super(message, null, false, false);
        }
    }

    final byte[] text;
    int at;

    CallJson(byte[] text, int start) {
        this.text = text;
        at = start;
    }

    /** Calls it at each item of an array. */
    final void items(String what, Runnable item) {
        need('[', what);
        if (accept(']'))
            return;
        do
            item.run();
        while (accept(','));
        need(']', what);
    }

    final int peek() {
        while (at < text.length && (text[at] == ' ' || text[at] == '\n' || text[at] == '\r' || text[at] == '\t'))
            at++;
        return at < text.length ? text[at] : 0;
    }

    final boolean accept(char letter) {
        if (peek() != letter)
            return false;
        at++;
        return true;
    }

    final void need(char letter, String what) {
        if (!accept(letter))
            throw new Missing("is no " + what);
    }

    final boolean word(String word) {
        peek();
        for (int i = 0; i < word.length(); i++)
            if (at + i >= text.length || text[at + i] != word.charAt(i))
                return false;
        at += word.length();
        return true;
    }

    // {"$name": of a value that JSON has no form for.
    final boolean special(String name) {
        int before = at;
        if (accept('{') && peek() == '"' && string().equals(name) && accept(':'))
            return true;
        at = before;
        return false;
    }

    final String number(String what) {
        peek();
        int from = at;
        while (at < text.length && "0123456789-+.eE".indexOf(text[at]) >= 0)
            at++;
        if (from == at)
            throw new Missing("is no " + what);
        return new String(text, from, at - from, StandardCharsets.US_ASCII);
    }

    // Without a string between: most of what is large are numbers.
    final long integer(long least, long most, String type) {
        boolean minus = accept('-');
        int from = at;
        long value = 0;
        for (; at < text.length && text[at] >= '0' && text[at] <= '9'; at++) {
            int digit = text[at] - '0';
            if (minus ? value < (least + digit) / 10 : value > (most - digit) / 10)
                throw new Missing("is too large for " + type);
            value = value * 10 + (minus ? -digit : digit);
        }
        if (at == from || (at < text.length && (text[at] == '.' || text[at] == 'e' || text[at] == 'E')))
            throw new Missing("is no integer");
        return value;
    }

    final BigInteger whole() {
        try {
            return new BigInteger(number("integer"));
        } catch (NumberFormatException wrong) {
            throw new Missing("is no integer");
        }
    }

    final double real() {
        if (!special("$float"))
            return Double.parseDouble(number("number"));
        String name = string();
        need('}', "number");
        return name.equals("nan") ? Double.NaN : name.equals("inf") ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
    }

    final String string() {
        need('"', "string");
        StringBuilder result = new StringBuilder();
        while (true) {
            int from = at;
            while (text[at] != '"' && text[at] != '\\')
                at++;
            result.append(new String(text, from, at - from, StandardCharsets.UTF_8));
            if (text[at++] == '"')
                return result.toString();
            char kind = (char) text[at++];
            if (kind == 'u') {
                result.append((char) Integer.parseInt(new String(text, at, 4, StandardCharsets.US_ASCII), 16));
                at += 4;
            } else
                result.append("bfnrt".indexOf(kind) < 0 ? kind : "\b\f\n\r\t".charAt("bfnrt".indexOf(kind)));
        }
    }
}
