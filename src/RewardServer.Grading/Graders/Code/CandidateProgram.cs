using System.Collections.Immutable;
using System.Text;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Grading.Graders.Code;

/// <summary>The candidate's program, ready to be tested.</summary>
/// <param name="Language">Its language.</param>
/// <param name="Files">Its files; the first is the one that is compiled or run.</param>
/// <param name="Limits">What each test may use.</param>
public sealed record CandidateProgram(CodeLanguage Language, ImmutableArray<SandboxFile> Files, ResourceLimits Limits)
{
    /// <summary>A program of one file.</summary>
    public CandidateProgram(CodeLanguage language, string source, ResourceLimits limits)
        : this(language, [new SandboxFile(language.MainFile, Encoding.UTF8.GetBytes(source))], limits)
    {
    }

    /// <summary>The text of its main file.</summary>
    public string Source { get; } = Encoding.UTF8.GetString(Files[0].Content.Span);

    /// <summary>Its files where it runs by itself, and no driver begins it: in Java, any class of its may have the function main.</summary>
    public ImmutableArray<SandboxFile> Started =>
        Language.Name == "java" && JavaStart.Of(Source) is var started && started != Source
            ? Files.SetItem(0, Files[0] with { Content = Encoding.UTF8.GetBytes(started) })
            : Files;
}
