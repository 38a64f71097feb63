using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using RewardServer.Grading.Completions;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Grading.Graders.Code.TestRuns.Calls.Drivers;

/// <summary>
/// Calls functions in C++. One file includes the driver, the candidate's own file and a few lines that name the function,
/// from whose signature the driver's templates deduce how arguments are read and the result is written.
/// </summary>
internal sealed partial class CppCallDriver : ICallDriver
{
    private static readonly ImmutableArray<string> Headers =
        ["kernel.h", "keywords.h", "call_json.hpp", "call_values.hpp", "call_containers.hpp", "call_pointers.hpp", "call_driver.hpp"];

    private static readonly Lazy<ImmutableArray<SandboxFile>> Driver = new(() =>
        [.. Headers.Select(name => new SandboxFile(name, Encoding.UTF8.GetBytes(CandidateFiles.Resource($"calls/{name}"))))]);

    private const string ListNode =
        "struct ListNode { int val; ListNode *next; ListNode() : val(0), next(nullptr) {} ListNode(int x) : val(x), next(nullptr) {} "
        + "ListNode(int x, ListNode *next) : val(x), next(next) {} };\n";

    private const string TreeNode =
        "struct TreeNode { int val; TreeNode *left, *right; TreeNode() : val(0), left(nullptr), right(nullptr) {} TreeNode(int x) : val(x), left(nullptr), right(nullptr) {} "
        + "TreeNode(int x, TreeNode *left, TreeNode *right) : val(x), left(left), right(right) {} };\n";

    public bool TypesAreValues => false;

    public ImmutableArray<SandboxFile> FilesFor(CandidateProgram program, CallTest test)
    {
        var candidate = CandidateFiles.FreeName(program, "candidate.cpp");
        return
        [
            .. CandidateFiles.Behind(Main(program, test, candidate), program, candidate).Where(file => !Headers.Contains(file.Path)),
            .. Driver.Value,
        ];
    }

    private static string Main(CandidateProgram program, CallTest test, string candidate)
    {
        var bare = BareCode.Of(program.Source);
        var (dot, count) = (test.Function.IndexOf('.', StringComparison.Ordinal), test.Arguments.IsDefault ? 0 : test.Arguments.Length);
        var name = test.Function[(dot + 1)..];
        var isSolution = Solution().IsMatch(bare);
        return $"""
            #include "call_driver.hpp"
            {(isSolution || !bare.Contains("#include", StringComparison.Ordinal) ? "#include <bits/stdc++.h>\nusing namespace std;" : "")}
            {Missing(bare, nameof(ListNode), ListNode)}{Missing(bare, nameof(TreeNode), TreeNode)}
            {Overloads(count)}
            #define main candidate_main
            #include "{candidate}"
            #include "keywords.h"
            {(dot > 0 ? Method(name) + Run(count, $"rewardserver_method<{test.Function[..dot]}>")
                : !isSolution ? Function(name, "") + Run(count, "rewardserver_function<void>")
                : !MayBeFree(bare, name) ? Method(name) + Run(count, "rewardserver_method<Solution>")
                : Method(name) + Function(name, Fallback(name)) + Run(count, "rewardserver_call::either<rewardserver_has<Solution>::value, rewardserver_method<Solution>, rewardserver_function<void>>"))}
            """;
    }

    // LeetCode has its nodes ready, and most answers repeat them in a comment alone.
    private static string Missing(string bare, string name, string definition) =>
        Regex.IsMatch(bare, $@"\b{name}\b", RegexOptions.CultureInvariant) && !Regex.IsMatch(bare, $@"\b(struct|class)\s+{name}\s*(:[^{{;]{{0,500}})?\{{", RegexOptions.CultureInvariant)
            ? definition
            : "";

    private static bool MayBeFree(string bare, string name) =>
        Regex.IsMatch(bare, $@"^[A-Za-z_][^\n;(]*\b{Regex.Escape(name)}\s*\(", RegexOptions.CultureInvariant | RegexOptions.Multiline);

    // Of several functions by one name, that with as many parameters as there are arguments is the more special one.
    private static string Overloads(int count)
    {
        var types = string.Join(", ", Enumerable.Range(0, count).Select(index => $"A{index}"));
        var parameters = string.Concat(Enumerable.Range(0, count).Select(index => $", class A{index}"));
        var signature = count == 0 ? "signature<R>" : $"signature<R, {types}>";
        return $$"""
            namespace rewardserver_call {
            template <class R{{parameters}}> {{signature}} signature_of(R (*)({{types}}), ...);
            template <class R, class C{{parameters}}> {{signature}} signature_of(R (C::*)({{types}}));
            template <class R, class C{{parameters}}> {{signature}} signature_of(R (C::*)({{types}}) const);
            }
            """;
    }

    // Behind the candidate's file every name is long: it may have made a macro of any short one.
    private static string Method(string name) => $$"""
        template <class rewardserver_T> struct rewardserver_method {
            using rewardserver_signature = decltype(rewardserver_call::signature_of(&rewardserver_T::{{name}}));
            template <class... rewardserver_A> static auto rewardserver_invoke(rewardserver_A&&... rewardserver_a) -> decltype(rewardserver_call::any<rewardserver_T>().{{name}}(static_cast<rewardserver_A&&>(rewardserver_a)...))
            {
                static rewardserver_T* const rewardserver_one = new rewardserver_T();
                return rewardserver_one->{{name}}(static_cast<rewardserver_A&&>(rewardserver_a)...);
            }
        };
        struct rewardserver_named { int {{name}}; };
        template <class rewardserver_T> struct rewardserver_both : rewardserver_T, rewardserver_named {};
        template <class rewardserver_T, class = void> struct rewardserver_has : rewardserver_call::yes {};
        template <class rewardserver_T> struct rewardserver_has<rewardserver_T, rewardserver_call::exists<decltype(&rewardserver_both<rewardserver_T>::{{name}})>> : rewardserver_call::no {};

        """;

    private static string Function(string name, string before) => $$"""
        {{before}}template <class rewardserver_T> struct rewardserver_function {
            using rewardserver_signature = decltype(rewardserver_call::signature_of(&::{{name}}, static_cast<rewardserver_T*>(nullptr)));
            template <class... rewardserver_A> static auto rewardserver_invoke(rewardserver_A&&... rewardserver_a) -> decltype(::{{name}}(static_cast<rewardserver_A&&>(rewardserver_a)...))
            {
                return ::{{name}}(static_cast<rewardserver_A&&>(rewardserver_a)...);
            }
        };

        """;

    // What ::name finds where the candidate has no such function, and only there.
    private static string Fallback(string name) =>
        $"namespace rewardserver_missing {{ struct rewardserver_nothing; void {name}(rewardserver_nothing*); }}\nusing namespace rewardserver_missing;\n";

    private static string Run(int count, string target) =>
        FormattableString.Invariant($"int main() {{ return rewardserver_call::run<{target}, {count}>(); }}\n");

    [GeneratedRegex(@"\b(class|struct)\s+Solution\b", RegexOptions.CultureInvariant)]
    private static partial Regex Solution();
}
