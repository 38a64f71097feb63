using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders;

namespace RewardServer.Grading.Tests.Graders;

public sealed partial class GraderCatalogTests
{
    private static readonly string Docs = Path.Combine(Repository.Root, "docs");

    private static readonly string[] Table =
        [.. File.ReadLines(Path.Combine(Docs, "graders.md")).Where(line => line.StartsWith("| [`", StringComparison.Ordinal))];

    // Some need what tests of their own set up around them: a judge, a script.
    private static readonly string[] InExamples =
    [
        .. Directory.GetFiles(Docs, "*.md").SelectMany(file => Example().Matches(File.ReadAllText(file)))
            .SelectMany(match => JsonElement.Parse(match.Groups[1].Value).GetProperty("rubric").GetProperty("components").EnumerateArray())
            .Select(component => component.GetProperty("grader").GetString()!),
    ];

    public static TheoryData<string> Names => [.. GraderCatalog.All.Select(kind => kind.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_grader_has_its_row_in_the_table_with_its_weight(string name)
    {
        Assert.Equal(GraderCatalog.Find(name)!.DefaultWeight.ToString(CultureInfo.InvariantCulture), RowOf(name)[4]);
    }

    [Fact]
    public void The_table_has_no_other_rows() => Assert.Equal(GraderCatalog.All.Length, Table.Length);

    [Theory]
    [MemberData(nameof(Names))]
    public void The_row_names_all_options_or_says_where_they_are(string name)
    {
        var cell = RowOf(name)[5];
        Assert.True(cell.StartsWith("[by kind](#", StringComparison.Ordinal) || Code().Matches(cell).Select(match => match.Groups[1].Value).Order().SequenceEqual(OptionsOf(name).Order()), cell);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_section_that_the_row_links_to_has_a_table_of_all_options(string name)
    {
        var link = Link().Match(RowOf(name)[1]);
        var section = SectionOf(Path.Combine(Docs, link.Groups[1].Length > 0 ? link.Groups[1].Value : "graders.md"), link.Groups[2].Value);
        var explained = section.Where(line => line.StartsWith("| `", StringComparison.Ordinal)).SelectMany(line => Code().Matches(line.Split('|')[1])).Select(match => match.Groups[1].Value);
        Assert.Empty(OptionsOf(name).Except(explained));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_grader_has_an_example(string name) => Assert.Contains(name, InExamples);

    private static string[] RowOf(string name) =>
        [.. Assert.Single(Table, line => line.StartsWith($"| [`{name}`]", StringComparison.Ordinal)).Split('|').Select(cell => cell.Trim())];

    // As they are written in a rubric: options are records that bear their grader's name.
    private static IEnumerable<string> OptionsOf(string name)
    {
        var record = name.Replace("-", "", StringComparison.Ordinal) + "Options";
        var type = Assert.Single(typeof(GraderCatalog).Assembly.GetTypes(), type =>
            type.Name.Equals(record, StringComparison.OrdinalIgnoreCase) && type.Namespace!.StartsWith(typeof(GraderCatalog).Namespace!, StringComparison.Ordinal));
        return ItemJson.Options.GetTypeInfo(type).Properties.Select(property => property.Name);
    }

    private static IEnumerable<string> SectionOf(string file, string anchor)
    {
        var lines = File.ReadAllLines(file);
        var start = Array.FindIndex(lines, line => line.StartsWith("## ", StringComparison.Ordinal) && AnchorOf(line) == anchor);
        Assert.True(start >= 0, $"{file} has no section #{anchor}");
        return lines.Skip(start + 1).TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal));
    }

    private static string AnchorOf(string heading) => NoAnchor().Replace(heading[3..].ToLowerInvariant(), "").Replace(' ', '-');

    [GeneratedRegex(@"^```json (?:\w+ )?example\n(.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Example();

    [GeneratedRegex(@"\]\(([\w.]*)#([\w-]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();

    [GeneratedRegex(@"[^\w -]")]
    private static partial Regex NoAnchor();
}
