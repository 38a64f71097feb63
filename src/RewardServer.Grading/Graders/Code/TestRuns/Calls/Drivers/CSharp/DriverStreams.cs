#nullable disable
namespace RewardServerDriver
{
    using global::System;
    using global::System.IO;
    using global::System.Runtime.InteropServices;
    using global::Microsoft.Win32.SafeHandles;

    /// <summary>What a driver reads and what it reports, past the console, which is the candidate's.</summary>
    internal static class DriverStreams
    {
        /// <summary>All of standard input, of which nothing is left for the candidate.</summary>
        public static byte[] ReadAll()
        {
            using var all = new MemoryStream();
            using (var stdin = new FileStream(new SafeFileHandle((IntPtr)0, false), FileAccess.Read, 0))
                stdin.CopyTo(all);
            return all.ToArray();
        }

        /// <summary>Writes the report to descriptor 3, and ends the process.</summary>
        public static void Report(byte[] bytes, int code)
        {
            using (var report = new FileStream(new SafeFileHandle((IntPtr)3, false), FileAccess.Write, 0))
                report.Write(bytes, 0, bytes.Length);
            _exit(code);
        }

        // Without what the candidate asks to be done at the end, which may not end.
        [DllImport("libc")]
        private static extern void _exit(int code);
    }
}
