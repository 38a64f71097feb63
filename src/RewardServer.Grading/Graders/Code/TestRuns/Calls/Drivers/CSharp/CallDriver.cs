// Calls the candidate's method with the arguments that standard input brings, and reports what came of it. Compiled
// together with the candidate's files. Its using directives stand inside its namespace, where no type or alias of the
// candidate's comes before them. It is the first file: its initializer runs before any of the candidate's.
#nullable disable
namespace RewardServerCall
{
    using global::System;
    using global::System.Collections.Generic;
    using global::System.IO;
    using global::System.Reflection;
    using global::System.Runtime.CompilerServices;
    using global::System.Text;
    using global::System.Threading.Tasks;
    using global::RewardServerDriver;

    internal static class CallDriver
    {
        private const int LongestReport = 60_000, LongestMessage = 2000;
        private static string nonce;
        private static byte[] input;
        private static int start;

        [ModuleInitializer]
        internal static void Begin()
        {
            input = DriverStreams.ReadAll();
            start = Array.IndexOf(input, (byte)'\n') + 1;
            nonce = Encoding.ASCII.GetString(input, 0, Math.Max(0, start - 1));
        }

        public static void Main()
        {
            var verb = "value";
            string text;
            try
            {
                text = Told(new CallMethod(CallTarget.Class, CallTarget.Method).Invoke(input, start));
            }
            catch (Missing missing)
            {
                (verb, text) = ("missing", missing.Message);
            }
            catch (Cannot cannot)
            {
                (verb, text) = ("cannot", cannot.Message);
            }
            catch (TooLarge)
            {
                (verb, text) = ("large", "");
            }
            // What the candidate throws, of whatever type, is what its call did: the judge compares it with what the test expects.
            // In its own process nothing can be told to be a fault of ours, for a candidate could tell it as well.
            catch (Exception raised)
            {
                (verb, text) = ("raise", Describe(raised));
            }

            Report(verb + " " + nonce + " " + text);
        }

        private static string Told(object result)
        {
            var writer = new CallWriter();
            writer.Write(Awaited(result), 0);
            return writer.ToString();
        }

        private static object Awaited(object result)
        {
            if (result is null)
                return null;
            var type = result.GetType();
            if (type == typeof(ValueTask) || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ValueTask<>)))
                result = type.GetMethod("AsTask").Invoke(result, null);
            if (result is not Task task)
                return result;
            task.GetAwaiter().GetResult();
            var value = task.GetType().GetProperty("Result")?.GetValue(task);
            return value?.GetType().FullName == "System.Threading.Tasks.VoidTaskResult" ? null : value;
        }

        private static string Describe(Exception raised)
        {
            var writer = new CallWriter();
            writer.Add("{\"type\":");
            writer.Text(Name(raised.GetType()));
            writer.Add(",\"bases\":[");
            for (var type = raised.GetType().BaseType; type != typeof(object); type = type.BaseType)
            {
                writer.Text(Name(type));
                writer.Add(type.BaseType == typeof(object) ? "" : ",");
            }

            writer.Add("],\"message\":");
            var message = "";
            try
            {
                message = raised.Message ?? "";
            }
            catch (Exception)
            {
                // One of the candidate's own, which cannot say what it is, and may throw anything: it is told without a message.
            }

            writer.Text(message.Length > LongestMessage ? message.Substring(0, LongestMessage) : message);
            writer.Add("}");
            return writer.ToString();
        }

        private static string Name(Type type) => (type.IsGenericType ? type.Name : type.FullName ?? type.Name).Replace('+', '.');

        private static void Report(string text)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            if (bytes.Length > LongestReport)
            {
                File.WriteAllBytes(".result", bytes);
                bytes = Encoding.ASCII.GetBytes("file " + nonce);
            }

            DriverStreams.Report(bytes, 0);
        }
    }

    /// <summary>There is nothing to call with these arguments.</summary>
    internal sealed class Missing : Exception
    {
        public Missing(string message) : base(message) { }
    }

    /// <summary>A result that cannot cross.</summary>
    internal sealed class Cannot : Exception
    {
        public Cannot(string message) : base(message) { }
    }

    /// <summary>A result that is over what is kept.</summary>
    internal sealed class TooLarge : Exception
    {
    }
}
