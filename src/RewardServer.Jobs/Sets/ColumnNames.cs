using System.Collections.Immutable;
using RewardServer.Jobs.Sets.Shapes;

namespace RewardServer.Jobs.Sets;

/// <summary>The names by which columns are asked for: what a map can name. A shape that asks for a new one has it here too.</summary>
public static class ColumnNames
{
    /// <summary>All of them: of every shape, of problems' names and of completions.</summary>
    public static ImmutableSortedSet<string> All { get; } = ImmutableSortedSet.Create(
        StringComparer.Ordinal,
        [
            .. RowIds.Names, .. WrittenCompletions.Names, .. Mathematics.Answers,
            // Own items.
            "prompt", "task", "group", "completionTokens", "truncated", "meta",
            // Problems in words.
            "problem", "Problem", "question", "Question", "input", "instruction", "text", "description", "question_content", "solution", "Solution",
            // Programs and their tests.
            "entry_point", "test", "canonical_solution", "test_list", "test_imports", "test_setup_code", "code", "input_output", "starter_code", "solutions",
            "public_tests", "private_tests", "generated_tests", "time_limit", "memory_limit_bytes", "public_test_cases", "private_test_cases", "metadata",
            // Puzzles, and logs and sets of other tools.
            "nums", "doc", "arguments", "filter", "question_type", "problem_type", "data_source", "reward_model", "extra_info", "index", "split",
        ]);
}
