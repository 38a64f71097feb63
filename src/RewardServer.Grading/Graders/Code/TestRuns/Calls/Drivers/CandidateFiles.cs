using System.Collections.Immutable;
using System.Text;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Grading.Graders.Code.TestRuns.Calls.Drivers;

/// <summary>Puts a driver in the place of the candidate's main file, which goes beside it under another name.</summary>
internal static class CandidateFiles
{
    /// <summary>A name for the candidate's main file that no other file of its has.</summary>
    public static string FreeName(CandidateProgram program, string wanted) =>
        program.Files.Skip(1).Any(file => file.Path.StartsWith(wanted, StringComparison.Ordinal)) ? FreeName(program, $"_{wanted}") : wanted;

    /// <summary>The driver as the main file, the candidate's under its other name, and the files that stood beside it.</summary>
    public static ImmutableArray<SandboxFile> Behind(string driver, CandidateProgram program, string candidate) =>
    [
        new(program.Language.MainFile, Encoding.UTF8.GetBytes(driver)),
        program.Files[0] with { Path = candidate },
        .. program.Files.Skip(1).Where(file => file.Path != program.Language.MainFile),
    ];

    /// <summary>What the drivers in C# share: how they read and report.</summary>
    public static SandboxFile CSharpStreams { get; } = new("rewardserver/DriverStreams.cs", Encoding.UTF8.GetBytes(Resource("calls/DriverStreams.cs")));

    /// <summary>A resource's text.</summary>
    public static string Resource(string name)
    {
        using var reader = new StreamReader(typeof(CandidateFiles).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
