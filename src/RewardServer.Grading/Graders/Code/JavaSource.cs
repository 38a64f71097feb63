using System.Text.RegularExpressions;

namespace RewardServer.Grading.Graders.Code;

/// <summary>A candidate's source in Java, made ready to stand beside a class Main that is not its own.</summary>
/// <param name="Text">The source, on the same lines, without its package, its own class Main under another name.</param>
/// <param name="Class">Its public class, else the first, which its file must be called after.</param>
internal sealed partial record JavaSource(string Text, string Class)
{
    /// <summary>The class that a program begins in.</summary>
    public const string Main = "Main";

    /// <summary>What a candidate's own class Main is called beside another.</summary>
    public const string MainBeside = "CandidateMain";

    private const string ListNode =
        "public class ListNode { public int val; public ListNode next; public ListNode() { } public ListNode(int val) { this.val = val; } "
        + "public ListNode(int val, ListNode next) { this.val = val; this.next = next; } }\n";

    private const string TreeNode =
        "public class TreeNode { public int val; public TreeNode left, right; public TreeNode() { } public TreeNode(int val) { this.val = val; } "
        + "public TreeNode(int val, TreeNode left, TreeNode right) { this.val = val; this.left = left; this.right = right; } }\n";

    /// <summary>What is commonly imported, for sources that import nothing: LeetCode's need not.</summary>
    public const string Imports = "import java.util.*; import java.util.function.*; import java.util.stream.*; import java.math.*; ";

    /// <summary>Reads a candidate's source.</summary>
    public static JavaSource Of(string source)
    {
        var bare = BareCode.Of(source);
        if (Package().Match(bare) is { Success: true } package)
        {
            source = source.Remove(package.Index, package.Length).Insert(package.Index, new string(' ', package.Length));
        }

        if (MainClass().IsMatch(bare))
        {
            (source, bare) = (MainWord().Replace(source, MainBeside), MainWord().Replace(bare, MainBeside));
        }

        var named = PublicType().Match(bare) is { Success: true } open ? open : AnyType().Match(bare);
        return new(Import().IsMatch(bare) ? source : Imports + source, named.Success ? named.Groups["name"].Value : "Solution");
    }

    /// <summary>LeetCode's nodes that it uses and does not bring, by their names.</summary>
    public IEnumerable<KeyValuePair<string, string>> NodesBeside()
    {
        var bare = BareCode.Of(Text);
        return new Dictionary<string, string> { [nameof(ListNode)] = ListNode, [nameof(TreeNode)] = TreeNode }
            .Where(node => Regex.IsMatch(bare, $@"\b{node.Key}\b", RegexOptions.CultureInvariant) && !Regex.IsMatch(bare, $@"\bclass\s+{node.Key}\b", RegexOptions.CultureInvariant));
    }

    [GeneratedRegex(@"^\s*package\s+[\w.]+\s*;", RegexOptions.CultureInvariant)]
    private static partial Regex Package();

    [GeneratedRegex(@"^[^\S\n]*import\b", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex Import();

    [GeneratedRegex(@"\bclass\s+Main\b", RegexOptions.CultureInvariant)]
    private static partial Regex MainClass();

    [GeneratedRegex(@"\bMain\b", RegexOptions.CultureInvariant)]
    private static partial Regex MainWord();

    [GeneratedRegex(@"^(|.*[;}])[^\S\n]*public\s+((final|abstract|sealed|strictfp)\s+)*(class|interface|enum|record)\s+(?<name>\w+)", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex PublicType();

    [GeneratedRegex(@"\b(class|interface|enum|record)\s+(?<name>\w+)", RegexOptions.CultureInvariant)]
    private static partial Regex AnyType();
}
