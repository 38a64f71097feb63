// Runs the check's Main against the candidate's definitions, in one process, and reports its end with a nonce. Its using
// directives stand inside its namespace, where no type or alias of the candidate's comes before them. It is the first file: its
// initializer runs before any of the candidate's.
#nullable disable
namespace RewardServerCheck
{
    using global::System;
    using global::System.Linq;
    using global::System.Reflection;
    using global::System.Runtime.CompilerServices;
    using global::System.Text;
    using global::System.Threading.Tasks;
    using global::RewardServerDriver;

    internal static class CheckDriver
    {
        private static byte[] nonce;

        [ModuleInitializer]
        internal static void Begin()
        {
            nonce = DriverStreams.ReadAll();
        }

        public static void Main()
        {
            try
            {
                var main = typeof(CheckDriver).Assembly.GetTypes().Where(type => type.Name == CheckTarget.Class)
                    .Select(type => type.GetMethod("Main", BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)).First(method => method != null);
                var arguments = main.GetParameters().Length == 0 ? null : new object[] { Array.Empty<string>() };
                var result = main.Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null);
                if (result is Task task)
                    task.GetAwaiter().GetResult();
                if (result is int code && code != 0)
                    Wrong(0);
            }
            // Whatever is thrown, by the candidate or by the check at what it got, is reported by its name: the check has not passed.
            catch (Exception raised)
            {
                Console.Error.WriteLine(raised);
                if (raised.GetType().Name.Contains("Assert", StringComparison.Ordinal))
                    Wrong(0);
                DriverStreams.Report(Encoding.ASCII.GetBytes("raise " + new string(raised.GetType().Name.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '?').Take(80).ToArray())), 1);
            }

            DriverStreams.Report(Encoding.ASCII.GetBytes("done ").Concat(nonce).ToArray(), 0);
        }

        internal static void Wrong(int line) => DriverStreams.Report(Encoding.ASCII.GetBytes("wrong " + line), 1);
    }

    /// <summary>What the check's Debug and Trace are: not the library's, whose listeners the candidate could take away.</summary>
    internal static class CheckAssert
    {
        public static void Assert(bool condition, [CallerLineNumber] int line = 0)
        {
            if (!condition)
                CheckDriver.Wrong(line);
        }

        public static void Assert(bool condition, string message, string detail = "", [CallerLineNumber] int line = 0)
        {
            if (condition)
                return;
            Console.Error.WriteLine(message + detail);
            CheckDriver.Wrong(line);
        }

        public static void Fail(string message, string detail = "", [CallerLineNumber] int line = 0) => Assert(false, message, detail, line);

        public static void WriteLine(object value) => Console.Error.WriteLine(value);
    }
}
