// Runs the check's Main against the candidate's definitions, in one process, and reports its end with a nonce. Its using
// directives stand inside its namespace, where no type or alias of the candidate's comes before them. It is the first file: its
// initializer runs before any of the candidate's.
#nullable disable
namespace RewardServerCheck
{
    using global::System;
    using global::System.IO;
    using global::System.Linq;
    using global::System.Reflection;
    using global::System.Runtime.CompilerServices;
    using global::System.Runtime.InteropServices;
    using global::System.Text;
    using global::System.Threading.Tasks;
    using global::Microsoft.Win32.SafeHandles;

    internal static class CheckDriver
    {
        private static byte[] nonce;

        [ModuleInitializer]
        internal static void Begin()
        {
            using var all = new MemoryStream();
            using (var stdin = new FileStream(new SafeFileHandle((IntPtr)0, false), FileAccess.Read, 0))
                stdin.CopyTo(all);
            nonce = all.ToArray();
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
                Report(Encoding.ASCII.GetBytes("raise " + new string(raised.GetType().Name.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '?').Take(80).ToArray())), 1);
            }

            Report(Encoding.ASCII.GetBytes("done ").Concat(nonce).ToArray(), 0);
        }

        internal static void Wrong(int line) => Report(Encoding.ASCII.GetBytes("wrong " + line), 1);

        private static void Report(byte[] bytes, int code)
        {
            using (var report = new FileStream(new SafeFileHandle((IntPtr)3, false), FileAccess.Write, 0))
                report.Write(bytes, 0, bytes.Length);
            _exit(code);
        }

        // Without what the candidate asks to be done at the end, which may not end.
        [DllImport("libc")]
        private static extern void _exit(int code);
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
