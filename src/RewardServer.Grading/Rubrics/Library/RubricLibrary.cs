using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;

namespace RewardServer.Grading.Rubrics.Library;

/// <summary>The rubrics that requests can name: the built-in ones, and those of the owner's folder.</summary>
public sealed class RubricLibrary
{
    private const string BuiltInFolder = "rubrics/";
    private readonly ImmutableArray<Rubric> builtIn;
    private readonly ImmutableArray<RubricProblem> unavailable;
    private readonly RubricFolder? folder;
    private Shelf shelf;

    /// <summary>Compiles the built-in rubrics, and reads the owner's folder.</summary>
    /// <param name="compiler">What makes their graders.</param>
    /// <param name="folder">The owner's folder; null where there is none.</param>
    /// <exception cref="InvalidOperationException">A built-in one is wrong: a bug of ours, found at start.</exception>
    public RubricLibrary(RubricCompiler compiler, string? folder = null)
    {
        (builtIn, unavailable) = BuiltIn(compiler);
        if (folder is not null)
        {
            this.folder = new(folder, compiler);
            this.folder.Read();
        }

        shelf = Arrange();
    }

    /// <summary>The names, in order.</summary>
    public ImmutableArray<string> Names => Current.Names;

    /// <summary>The owner's files that are wrong now.</summary>
    public ImmutableArray<RubricProblem> Problems => Current.Problems;

    /// <summary>Built-in rubrics that want what this server's configuration lacks, such as a judge.</summary>
    public ImmutableArray<RubricProblem> Unavailable => unavailable;

    private Shelf Current => Volatile.Read(ref shelf);

    /// <summary>The rubric that a reference means; null where there is none.</summary>
    /// <param name="reference">A name, "r1", or a name and a version, "r1@1", which then must be the rubric's.</param>
    public Rubric? Find(string reference)
    {
        var at = reference.LastIndexOf('@');
        return Current.Rubrics.GetValueOrDefault(reference)
            ?? (at > 0 && Current.Rubrics.GetValueOrDefault(reference[..at]) is { } rubric
                && rubric.Definition.Version.ToString(CultureInfo.InvariantCulture) == reference[(at + 1)..] ? rubric : null);
    }

    /// <summary>Why a reference means no rubric, for who gave it.</summary>
    public string WhyNot(string reference) =>
        Unavailable.FirstOrDefault(problem => problem.File == reference) is { } lacking
            ? $"'{reference}' wants what this server's configuration lacks: {string.Join("; ", lacking.Errors.Select(error => $"{error.Path} {error.Message}"))}"
            : $"'{reference}' is not a rubric of this server; there are: {string.Join(", ", Names)}";

    /// <summary>Looks into the owner's folder again. Grading that is under way goes on by the rubrics that it began with.</summary>
    /// <returns>Whether anything has changed.</returns>
    public bool Reload()
    {
        if (folder?.Read() != true)
        {
            return false;
        }

        Volatile.Write(ref shelf, Arrange());
        return true;
    }

    private Shelf Arrange()
    {
        var rubrics = builtIn.ToDictionary(rubric => rubric.Definition.Name, StringComparer.Ordinal);
        var problems = folder is null ? [] : folder.Problems.ToList();
        foreach (var (file, rubric) in folder?.Rubrics ?? [])
        {
            if (!rubrics.TryAdd(rubric.Definition.Name, rubric))
            {
                problems.Add(new(file, false, [new("name", $"'{rubric.Definition.Name}' is the name of another rubric")]));
            }
        }

        return new(rubrics.ToFrozenDictionary(), [.. rubrics.Keys.Order(StringComparer.Ordinal)], [.. problems]);
    }

    private static (ImmutableArray<Rubric> Rubrics, ImmutableArray<RubricProblem> Unavailable) BuiltIn(RubricCompiler compiler)
    {
        var (rubrics, unavailable) = (ImmutableArray.CreateBuilder<Rubric>(), ImmutableArray.CreateBuilder<RubricProblem>());
        var assembly = typeof(RubricLibrary).Assembly;
        foreach (var file in assembly.GetManifestResourceNames().Where(name => name.StartsWith(BuiltInFolder, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(file)!);
            var name = Path.GetFileNameWithoutExtension(file[BuiltInFolder.Length..]);
            var (rubric, errors) = RubricFile.Compile(reader.ReadToEnd(), Path.GetExtension(file), name, compiler);
            if (rubric is not null)
            {
                rubrics.Add(rubric);
            }
            else if (errors.All(error => error.Path.EndsWith(".options.judge", StringComparison.Ordinal)))
            {
                unavailable.Add(new(name, false, errors));
            }
            else
            {
                throw new InvalidOperationException($"the built-in rubric {name} is wrong: {string.Join("; ", errors)}");
            }
        }

        return (rubrics.ToImmutable(), unavailable.ToImmutable());
    }

    private sealed record Shelf(FrozenDictionary<string, Rubric> Rubrics, ImmutableArray<string> Names, ImmutableArray<RubricProblem> Problems);
}
