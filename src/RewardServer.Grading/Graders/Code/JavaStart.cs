using System.Text.RegularExpressions;

namespace RewardServer.Grading.Graders.Code;

/// <summary>Gives a program in Java, whose function main may stand in a class and package of any name, the class Main that it is started by.</summary>
internal static partial class JavaStart
{
    /// <summary>The source, on the same lines, with a class Main behind it where it has none and another class of its own begins.</summary>
    public static string Of(string source)
    {
        var bare = BareCode.Of(source);
        if (Package().Match(bare) is { Success: true } package)
        {
            (source, bare) = (Blank(source, package), Blank(bare, package));
        }

        var types = AnyType().Matches(bare).Where(type => Depth(bare, type.Index) == 0).ToList();
        if (types.Any(type => type.Groups["name"].Value == JavaSource.Main))
        {
            return source;
        }

        // Its file is not called after it.
        source = types.Select(type => type.Groups["public"]).Where(open => open.Success).Aggregate(source, Blank);
        var main = MainFunction().Match(bare);
        var owner = types.LastOrDefault(type => main.Success && type.Index < main.Index);
        // Behind a text that breaks off, nothing could stand.
        return owner is null || Depth(bare, bare.Length) != 0
            ? source
            : $"{source}\nclass Main {{ public static void main(String[] words) throws Throwable {{ {owner.Groups["name"].Value}.main(words); }} }}\n";
    }

    private static string Blank(string source, Capture part) => source.Remove(part.Index, part.Length).Insert(part.Index, Lines().Replace(part.Value, " "));

    private static int Depth(string bare, int at) => bare.AsSpan(0, at).Count('{') - bare.AsSpan(0, at).Count('}');

    [GeneratedRegex(@"^\s*package\s+[\w.]+\s*;", RegexOptions.CultureInvariant)]
    private static partial Regex Package();

    [GeneratedRegex(@"\b((?<public>public)\s+)?((final|abstract|sealed|strictfp)\s+)*(class|interface|enum|record)\s+(?<name>\w+)", RegexOptions.CultureInvariant)]
    private static partial Regex AnyType();

    [GeneratedRegex(@"\bstatic\s+((public|final|synchronized)\s+)*void\s+main\s*\(\s*(final\s+)?String\b", RegexOptions.CultureInvariant)]
    private static partial Regex MainFunction();

    [GeneratedRegex(@"[^\r\n]", RegexOptions.CultureInvariant)]
    private static partial Regex Lines();
}
