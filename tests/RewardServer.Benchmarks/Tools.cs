using System.Diagnostics;
using System.Globalization;

namespace RewardServer.Benchmarks;

/// <summary>Small programs in C that are measured beside the server.</summary>
internal static class Tools
{
    /// <summary>Compiles one of the sources beside this one.</summary>
    public static string Compile(string source, string folder, params string[] options)
    {
        var output = Path.Combine(folder, Path.GetFileNameWithoutExtension(source));
        Run("gcc", [.. options, Path.Combine(AppContext.BaseDirectory, source), "-o", output]);
        return output;
    }

    /// <summary>Starts a program again and again without a sandbox.</summary>
    /// <returns>Milliseconds of each run.</returns>
    public static Task<List<double>> BareAsync(string bare, int count, string[] command) =>
        Task.FromResult(Run(bare, [count.ToString(CultureInfo.InvariantCulture), .. command])
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => double.Parse(line, CultureInfo.InvariantCulture))
            .ToList());

    private static string Run(string program, string[] arguments)
    {
#pragma warning disable RS0030 // What is measured beside the sandbox must run outside of it.
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
#pragma warning restore RS0030
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} ended with {process.ExitCode}");
    }
}
