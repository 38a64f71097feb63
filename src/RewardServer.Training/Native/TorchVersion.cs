using System.Text.RegularExpressions;

namespace RewardServer.Training.Native;

/// <summary>
/// The version of an installed PyTorch. It is told before anything is loaded: libraries of a version that does not fit lack what TorchSharp calls, or end the
/// process.
/// </summary>
internal static partial class TorchVersion
{
    /// <summary>What fits, in words.</summary>
    public const string Fitting = "PyTorch 2.10 or 2.11";

    private const string FileName = "version.py";
    private static readonly string[] Known = ["2.10", "2.11"];

    /// <summary>Makes sure that libraries are of a version that fits, where something says of which they are.</summary>
    /// <param name="libraries">The lib folder of an installed PyTorch.</param>
    /// <exception cref="NotSupportedException">They are of another; the message names it.</exception>
    /// <exception cref="IOException">What says so cannot be read.</exception>
    public static void Check(string libraries)
    {
        if (Of(libraries) is { } found && !Known.Contains(MajorAndMinor().Match(found).Value))
        {
            throw new NotSupportedException($"it is that of PyTorch {found}, which does not fit");
        }
    }

    /// <summary>The version that the file says which an installed PyTorch has beside its folder of libraries, such as <c>2.11.0+cu130</c>; null where nothing says.</summary>
    /// <param name="libraries">The lib folder, or a link to it.</param>
    public static string? Of(string libraries)
    {
        var folder = new DirectoryInfo(Path.TrimEndingDirectorySeparator(Path.GetFullPath(libraries)));
        var real = folder.Exists ? (DirectoryInfo?)folder.ResolveLinkTarget(returnFinalTarget: true) ?? folder : folder;
        var file = Path.Combine(real.Parent?.FullName ?? real.FullName, FileName);
        return File.Exists(file) && Stated().Match(File.ReadAllText(file)) is { Success: true } stated ? stated.Groups[1].Value : null;
    }

    [GeneratedRegex(@"^__version__\s*(?::[^=\n]*)?=\s*['""]([^'""\n]+)['""]", RegexOptions.Multiline)]
    private static partial Regex Stated();

    [GeneratedRegex(@"^[0-9]+\.[0-9]+")]
    private static partial Regex MajorAndMinor();
}
