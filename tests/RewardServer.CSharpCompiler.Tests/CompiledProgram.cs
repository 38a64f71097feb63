using System.Diagnostics;

namespace RewardServer.CSharpCompiler.Tests;

/// <summary>Runs what the worker made, with the settings that programs have in slots.</summary>
internal static class CompiledProgram
{
    private static readonly string Settings = Path.Combine(AppContext.BaseDirectory, "residents", "csharp", "program.runtimeconfig.json");

    /// <returns>What it printed.</returns>
    public static async Task<string> OutputAsync(this Answer answer)
    {
        Assert.True(answer.Status == 0, answer.Errors);
        var folder = Directory.CreateTempSubdirectory("compiled");
        try
        {
            var program = Path.Combine(folder.FullName, "main.dll");
            await File.WriteAllBytesAsync(program, answer.Assembly);
            var start = new ProcessStartInfo("dotnet", ["exec", "--runtimeconfig", Settings, program])
            {
                RedirectStandardOutput = true,
            };
#pragma warning disable RS0030 // The one place where these tests run what the worker compiled: programs of these tests.
            using var process = Process.Start(start)!;
#pragma warning restore RS0030
            var output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            Assert.Equal(0, process.ExitCode);
            return output;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
