using System.Collections.Frozen;
using System.Text;
using RewardServer.Sandboxing.Pooling;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Grading.Graders.Efficiency;

/// <summary>Programs that do nothing: what they take is the start of their language, not the work of a program.</summary>
internal static class EmptyPrograms
{
    private static readonly FrozenDictionary<string, string> Sources = new Dictionary<string, string>
    {
        ["python"] = "",
        ["c"] = "int main(void) { return 0; }\n",
        ["cpp"] = "int main() { return 0; }\n",
        ["csharp"] = "internal static class Program { private static void Main() { } }\n",
        ["javascript"] = "",
        ["typescript"] = "",
        ["java"] = "public class Main { public static void main(String[] arguments) { } }\n",
        ["go"] = "package main\n\nfunc main() {}\n",
        ["rust"] = "fn main() {}\n",
        ["bash"] = "",
    }.ToFrozenDictionary();

    /// <summary>The empty program of a language; null where none is known.</summary>
    public static RunRequest? Of(string language, SandboxPool sandbox) => !Sources.TryGetValue(language, out var source) ? null : new()
    {
        Language = language,
        Files = [new(sandbox.MainFileOf(language), Encoding.UTF8.GetBytes(source))],
    };
}
