using System.Collections.Immutable;
using System.Text.Json;
using RewardServer.Training.Optimization;
using RewardServer.Training.Problems;
using RewardServer.Training.Recipes;
using RewardServer.Training.Tokens;

namespace RewardServer.Training.Runs;

/// <summary>
/// What a recipe gives to learn from, as tokens: lines of files (<see cref="ExampleLine"/>), of what is built in, of what an earlier stage kept, or texts of a kind of
/// problem that has better and worse ones (<c>problems:KIND</c>).
/// </summary>
/// <param name="recipe">The recipe.</param>
/// <param name="stages">Where earlier stages are.</param>
internal sealed class GivenExamples(Recipe recipe, StageFolders stages)
{
    // As many as a person reads.
    private const int MostErrors = 50;

    private readonly bool pairs = recipe.Preferences is not null;
    private readonly List<string> errors = [];

    private ImmutableArray<string> Files => recipe.FineTuning?.Files ?? recipe.Preferences?.Files ?? [];

    private int Drawing => recipe.FineTuning?.Drawn ?? recipe.Preferences!.Drawn;

    private string Field => pairs ? "preferences.files" : "fineTuning.files";

    /// <summary>Makes sure that the files of a recipe can be read, but for those that an earlier stage is yet to write.</summary>
    /// <exception cref="RecipeException">Some cannot: all that is wrong, by file and line.</exception>
    public static void Check(Recipe recipe)
    {
        var given = new GivenExamples(recipe, StageFolders.None);
        foreach (var file in given.Files.Where(file => RecipeStage.Named(file) is null).Distinct())
        {
            // Reading tells what is wrong.
            _ = given.Lines(file).Count();
        }

        given.End();
    }

    /// <summary>The completions, each after its prompt; none where the recipe names no files for them.</summary>
    /// <exception cref="RecipeException">A line is none, or cannot be read by the policy: all that is wrong, by file and line.</exception>
    public TokenSequence[] Completions(PromptTemplate template, ISavedTokenizer tokenizer, int longest) =>
        pairs ? [] : All((line, prompt) => Sequence(tokenizer, prompt, line.Completion, longest), template);

    /// <summary>The pairs; none where the recipe names no files for them.</summary>
    /// <exception cref="RecipeException">A line is none, or cannot be read by the policy: all that is wrong, by file and line.</exception>
    public PreferencePair[] Pairs(PromptTemplate template, ISavedTokenizer tokenizer, int longest) => !pairs
        ? []
        : All((line, prompt) => new PreferencePair(Sequence(tokenizer, prompt, line.Completion, longest), Sequence(tokenizer, prompt, line.Rejected, longest)), template);

    private T[] All<T>(Func<ExampleLine, string, T> made, PromptTemplate template)
    {
        var all = new List<T>();
        foreach (var (place, line) in Files.SelectMany(Lines))
        {
            try
            {
                all.Add(made(line, line.Prompt ?? template.Of(line.Messages)));
            }
            // A character that the tokenizer does not know, messages that the template does not, or too many tokens.
            catch (ArgumentException exception)
            {
                errors.Add($"{place}: {exception.Message}");
            }
        }

        if (all.Count == 0 && errors.Count == 0 && !Files.IsEmpty)
        {
            errors.Add("there is nothing to learn from");
        }

        End();
        return [.. all];
    }

    private static TokenSequence Sequence(ISavedTokenizer tokenizer, string prompt, string completion, int longest)
    {
        var given = tokenizer.Encode(prompt);
        int[] all = [.. given, .. tokenizer.Encode(completion), tokenizer.EndOfText];
        return all.Length <= longest ? new(all, given.Length) : throw new ArgumentException($"has {all.Length} tokens, and the policy reads {longest}");
    }

    private void End()
    {
        if (errors.Count > 0)
        {
            throw new RecipeException(recipe.Name, [.. errors.Take(MostErrors).Append($"and {errors.Count - MostErrors} lines more").Take(errors.Count).Select(error => new RecipeError(null, Field, error))]);
        }
    }

    // Every line that can be read, with where it stands; what is wrong with others is told in the end.
    private IEnumerable<(string Place, ExampleLine Line)> Lines(string file)
    {
        if (ProblemRecipe.Named(file) is { } kind)
        {
            foreach (var (number, line) in Drawn(file, kind).Index())
            {
                yield return ($"{file}, {number + 1}", line);
            }

            yield break;
        }

        foreach (var (place, text) in ExampleTexts.Of(file, stages, errors))
        {
            ExampleLine? line = null;
            try
            {
                line = ExampleLine.Read(text, pairs);
            }
            // Half a surrogate pair is JSON, but no text.
            catch (Exception exception) when (exception is JsonException or InvalidOperationException)
            {
                errors.Add($"{place}: {exception.Message}");
            }

            if (line is not null)
            {
                yield return (place, line);
            }
        }
    }

    private IEnumerable<ExampleLine> Drawn(string file, string name)
    {
        var asked = recipe.Problems.Concat(recipe.PretrainingProblems ?? []).FirstOrDefault(problem => problem.Kind == name);
        var kind = asked is null ? null : ProblemKinds.Make(asked.Kind, asked.Options).Kind;
        if (kind is null || (pairs ? kind is not IPreferenceKind : !kind.HasTexts))
        {
            errors.Add($"{file}: {(kind is null ? "the recipe asks no problems of that kind" : $"that kind has no {(pairs ? "better and worse ones" : "texts")}")}");
            yield break;
        }

        var random = Seeds.Random(recipe.Seed, Purpose.Given, 0);
        for (var i = 0; i < Drawing; i++)
        {
            var problem = kind.Draw(Split.Reinforcement, random);
            var pair = (kind as IPreferenceKind)?.Pair(problem, random);
            yield return new(null, [new("user", problem.Question)], pair?.Better ?? kind.Written(problem, random), pair?.Worse ?? "");
        }
    }
}
