using System.Text.Json;
using RewardServer.Tests.Http;

namespace RewardServer.Tests.Compatibility.SandboxFusion;

public sealed class Large_outputs(RunningServer server)
{
    private Task<(int Status, JsonElement Body)> Post(object request) => server.Client.AskAsync("/run_code", request);

    [Fact]
    public async Task Eight_megabytes_come_back_whole_and_do_not_hang()
    {
        server.NeedSandbox();
        var (_, body) = await Post(RunCode.Verl("import sys\nfor n in range(800000): print(f'{n:09}')\nsys.stderr.write('e' * 2000000)"));
        var (status, code, stdout) = body.End();
        Assert.Equal(("Finished", 0), (status, code));
        Assert.Equal(8_000_000, stdout!.Length);
        Assert.True(Enumerable.Range(0, 800_000).All(n => int.Parse(stdout.AsSpan(n * 10, 9), System.Globalization.CultureInfo.InvariantCulture) == n));
        Assert.Equal(2_000_000, body.GetProperty("run_result").Text("stderr")!.Length);
    }

    [Fact]
    public async Task More_than_is_kept_is_the_program_s_failure_with_the_start_of_it()
    {
        server.NeedSandbox();
        var (status, body) = await Post(RunCode.Verl("import os\nfor _ in range(17): os.write(1, b'x' * (1 << 20))"));
        Assert.Equal((200, "Failed"), (status, body.Text("status")));
        var end = body.End();
        Assert.Equal(("Finished", -25, 16 << 20), (end.Status, end.Code, end.Stdout!.Length));
        Assert.Contains("wrote more", body.Text("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_text_is_decoded_with_replacement()
    {
        server.NeedSandbox();
        var (_, body) = await Post(RunCode.Verl("import os\nos.write(1, b'a\\xff\\x00\\xe2\\x82')"));
        Assert.Equal(("Finished", 0, "a\uFFFD\0\uFFFD"), body.End());
    }

    [Fact]
    public async Task Sixty_four_at_once_each_get_their_own()
    {
        server.NeedSandbox();
        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(n => Post(RunCode.Verl("n = int(input())\nprint(n * n)", $"{n}\n", timeout: 60))));
        Assert.Equal(Enumerable.Range(0, 64).Select(n => $"{n * n}\n"), answers.Select(answer => answer.Body.End().Stdout));
    }
}
