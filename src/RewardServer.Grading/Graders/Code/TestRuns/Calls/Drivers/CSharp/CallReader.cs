#nullable disable
namespace RewardServerCall
{
    using global::System;
    using global::System.Collections.Generic;
    using global::System.Globalization;
    using global::System.Numerics;
    using global::System.Reflection;
    using global::System.Text;

    /// <summary>Reads the server's JSON: it is well formed, but not what a parameter's type asks for.</summary>
    internal sealed partial class CallReader
    {
        private readonly byte[] text;
        private int at;

        public CallReader(byte[] text, int start)
        {
            this.text = text;
            at = start;
        }

        private byte Peek()
        {
            while (at < text.Length && (text[at] == ' ' || text[at] == '\n' || text[at] == '\r' || text[at] == '\t'))
                at++;
            return at < text.Length ? text[at] : (byte)0;
        }

        private bool Accept(char letter)
        {
            if (Peek() != letter)
                return false;
            at++;
            return true;
        }

        private void Need(char letter, string what)
        {
            if (!Accept(letter))
                throw new Missing("is no " + what);
        }

        private bool Word(string word)
        {
            Peek();
            if (text.Length - at < word.Length)
                return false;
            for (var i = 0; i < word.Length; i++)
            {
                if (text[at + i] != word[i])
                    return false;
            }

            at += word.Length;
            return true;
        }

        // {"$name": of a value that JSON has no form for.
        private bool Special(string name)
        {
            var before = at;
            if (Accept('{') && Peek() == '"' && String() == name && Accept(':'))
                return true;
            at = before;
            return false;
        }

        /// <summary>Calls it at each item of an array.</summary>
        public void Items(string what, Action item)
        {
            Need('[', what);
            if (Accept(']'))
                return;
            do
            {
                item();
            }
            while (Accept(','));
            Need(']', what);
        }

        private string Number(string what)
        {
            Peek();
            var from = at;
            while (at < text.Length && ((text[at] >= '0' && text[at] <= '9') || text[at] == '-' || text[at] == '+' || text[at] == '.' || text[at] == 'e' || text[at] == 'E'))
                at++;
            return at > from ? Encoding.ASCII.GetString(text, from, at - from) : throw new Missing("is no " + what);
        }

        // Without a string between: most of what is large are numbers.
        private long Integer(long least, long most, string type)
        {
            Peek();
            var (from, minus, value) = (at, Accept('-'), 0L);
            for (; at < text.Length && text[at] >= '0' && text[at] <= '9'; at++)
            {
                var digit = text[at] - '0';
                if (minus ? value < (least + digit) / 10 : value > (most - digit) / 10)
                    throw new Missing("is too large for " + type);
                value = (value * 10) + (minus ? -digit : digit);
            }

            if (at == from + (minus ? 1 : 0) || (at < text.Length && (text[at] == '.' || text[at] == 'e' || text[at] == 'E')))
                throw new Missing("is no integer");
            return value >= least ? value : throw new Missing("is too large for " + type);
        }

        private string String()
        {
            Need('"', "string");
            var from = at;
            while (text[at] != '"' && text[at] != '\\')
                at++;
            if (text[at] == '"')
                return Encoding.UTF8.GetString(text, from, at++ - from);
            var result = new StringBuilder(Encoding.UTF8.GetString(text, from, at - from));
            while (text[at] != '"')
            {
                from = at;
                while (text[at] != '"' && text[at] != '\\')
                    at++;
                result.Append(Encoding.UTF8.GetString(text, from, at - from));
                if (text[at] == '\\')
                    result.Append(Escape());
            }

            at++;
            return result.ToString();
        }

        private char Escape()
        {
            var kind = (char)text[at + 1];
            at += 2;
            if (kind == 'u')
            {
                at += 4;
                return (char)Convert.ToInt32(Encoding.ASCII.GetString(text, at - 4, 4), 16);
            }

            return kind switch { 'b' => '\b', 'f' => '\f', 'n' => '\n', 'r' => '\r', 't' => '\t', _ => kind };
        }

        private double Float()
        {
            if (!Special("$float"))
                return double.Parse(Number("number"), NumberStyles.Float, CultureInfo.InvariantCulture);
            var name = String();
            Need('}', "number");
            return name == "nan" ? double.NaN : name == "inf" ? double.PositiveInfinity : double.NegativeInfinity;
        }
    }
}
