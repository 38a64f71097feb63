using RewardServer.Grading.Rubrics;
using RewardServer.Grading.Rubrics.Library;

namespace RewardServer.Grading.Tests.Rubrics;

public sealed class RubricLibraryTests(SharedSandbox sandbox) : IDisposable
{
    private const string Yaml = """
        # What counts here.
        version: 3
        description: accuracy where the format holds
        components:
          - grader: accuracy
            scale: [-1, 1]
            gates: [{ component: shape, otherwise: -1 }]
          - grader: format
            name: shape
            weight: 0.5
        """;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("rubrics-");
    private int written;

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void A_rubric_in_YAML_is_called_as_its_file_and_found_with_its_version()
    {
        Write("strict.yaml", Yaml);
        var library = Library();
        Assert.Contains("strict", library.Names);
        Assert.Equal(new NumberPair(-1, 1), library.Find("strict")!.Components[0].Scale);
        Assert.Same(library.Find("strict"), library.Find("strict@3"));
        Assert.Null(library.Find("strict@2"));
        Assert.Null(library.Find("strict@"));
        Assert.Null(library.Find("@3"));
    }

    [Fact]
    public void A_file_that_changes_is_read_again_and_one_that_is_gone_is_forgotten()
    {
        Write("a.json", """{"version":1,"components":[{"grader":"format"}]}""");
        Write("b.yml", "components: [{grader: format}]");
        var library = Library();
        Assert.False(library.Reload());
        Write("a.json", """{"version":2,"components":[{"grader":"format"}]}""");
        File.Delete(Path.Combine(folder.FullName, "b.yml"));
        Assert.True(library.Reload());
        Assert.NotNull(library.Find("a@2"));
        Assert.Null(library.Find("b"));
    }

    [Fact]
    public void A_bad_file_keeps_the_old_rubric_and_says_so_until_it_is_mended()
    {
        Write("a.json", """{"components":[{"grader":"format"}]}""");
        var library = Library();
        Write("a.json", """{"components":[{"grader":"luck"}]}""");
        Assert.True(library.Reload());
        Assert.NotNull(library.Find("a"));
        var problem = Assert.Single(library.Problems);
        Assert.Equal(("a.json", true, "components[0].grader"), (problem.File, problem.KeepsOld, problem.Errors[0].Path));
        Assert.False(library.Reload());
        Write("a.json", """{"version":2,"components":[{"grader":"format"}]}""");
        Assert.True(library.Reload());
        Assert.Empty(library.Problems);
        Assert.NotNull(library.Find("a@2"));
    }

    [Theory]
    [InlineData("a.json", "{", "LineNumber: 0")]
    [InlineData("a.json", """{"name":"x","name":"y","components":[{"grader":"format"}]}""", "name")]
    [InlineData("a.yaml", "components: [", "line 2")]
    [InlineData("a.yaml", "a: &x [1]\nb: *x", "anchors are not read")]
    [InlineData("a.yaml", "components: []\n---\ncomponents: []", "more than one document")]
    [InlineData("a.yaml", "components: [{grader: format, weight: !!str 5}]", "line 1: tags are not read")]
    [InlineData("deep.yaml", "DEEP", "is nested deeper than 48")]
    [InlineData("bottomless.yaml", "BOTTOMLESS", "is nested deeper than 48")]
    [InlineData("deep.json", "DEEP", "depth")]
    [InlineData("at@1.yaml", "components: [{grader: format}]", "must have from 1 to 100 letters")]
    [InlineData("a.yaml", "", "is empty")]
    [InlineData("a.yaml", "just words", "has the wrong type or value")]
    [InlineData("a.yaml", "components: [{grader: format}]\ncomponents: []", "line 2")]
    [InlineData("a.yaml", "components: [{grader: format, weight: yes}]", "has the wrong type or value")]
    [InlineData("a.json", """{"name":"r1-zero","components":[{"grader":"format"}]}""", "'r1-zero' is the name of another rubric")]
    public void What_is_wrong_with_a_file_is_told(string file, string text, string message)
    {
        Write(file, text.Replace("BOTTOMLESS", "components: " + new string('[', 200_000)).Replace("DEEP", """{"components": """ + new string('[', 100) + new string(']', 100) + "}"));
        var library = Library();
        Assert.Contains(message, string.Join("; ", Assert.Single(library.Problems).Errors), StringComparison.Ordinal);
        Assert.NotNull(library.Find("r1-zero"));
    }

    [Fact]
    public void A_folder_that_goes_away_keeps_its_rubrics_and_is_told()
    {
        Write("a.yaml", "components: [{grader: format}]");
        var library = Library();
        folder.Delete(recursive: true);
        Assert.True(library.Reload());
        Assert.NotNull(library.Find("a"));
        Assert.Equal(("", true), (Assert.Single(library.Problems).File, library.Problems[0].KeepsOld));
        folder.Create();
        Assert.True(library.Reload());
        Assert.Null(library.Find("a"));
    }

    private RubricLibrary Library() => new(new RubricCompiler(new(sandbox.Pool)), folder.FullName);

    // Each writing has a time of its own, however coarse the file system's clock.
    private void Write(string file, string text)
    {
        var path = Path.Combine(folder.FullName, file);
        File.WriteAllText(path, text);
        File.SetLastWriteTimeUtc(path, DateTime.UnixEpoch.AddMinutes(++written));
    }
}
