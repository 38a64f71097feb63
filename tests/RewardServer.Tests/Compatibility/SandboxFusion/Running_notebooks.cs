using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using RewardServer.Tests.Http;

namespace RewardServer.Tests.Compatibility.SandboxFusion;

/// <summary>Notebooks, as SandboxFusion's client posts them (scripts/client, run_jupyter).</summary>
public sealed class Running_notebooks(RunningServer server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private async Task<JsonElement> RunAsync(object request)
    {
        var (status, body) = await TryAsync(JsonSerializer.Serialize(request));
        Assert.True(status == 200, $"{status} {body.GetRawText()}");
        Assert.Equal(["status", "message", "driver", "cells", "executor_pod_name", "files"], body.EnumerateObject().Select(member => member.Name));
        Assert.Equal(JsonValueKind.Null, body.GetProperty("executor_pod_name").ValueKind);
        return body;
    }

    // The members that the client sends.
    private Task<JsonElement> RunAsync(string[] cells, double cellTimeout = 0, double totalTimeout = 45) => RunAsync(new
    {
        cells,
        cell_timeout = cellTimeout,
        total_timeout = totalTimeout,
        kernel = "python3",
        files = new Dictionary<string, string>(),
        fetch_files = Array.Empty<string>(),
    });

    private async Task<(int Status, JsonElement Body)> TryAsync(string json)
    {
        server.NeedSandbox();
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        using var response = await server.Client.PostAsync("/run_jupyter", content, Token);
        return ((int)response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>(Token));
    }

    private static void Driver(JsonElement body, string status, int? code)
    {
        var driver = body.GetProperty("driver");
        Assert.Equal(["status", "execution_time", "return_code", "stdout", "stderr"], driver.EnumerateObject().Select(member => member.Name));
        Assert.Equal((status, code), (driver.GetProperty("status").GetString(), driver.GetProperty("return_code").ValueKind == JsonValueKind.Null ? null : driver.GetProperty("return_code").GetInt32()));
        Assert.True(driver.GetProperty("execution_time").GetDouble() >= 0);
    }

    [Fact]
    public async Task Cells_share_their_state_and_go_on_after_an_error()
    {
        var body = await RunAsync(["\na = 123\n# display\na\n    ", "print(a)\nimport sys\nsys.stderr.write(str(a))", "raise RuntimeError('error message')", "a += 1", "a"]);
        Assert.Equal(("Success", ""), (body.GetProperty("status").GetString(), body.GetProperty("message").GetString()));
        Driver(body, "Finished", 0);
        var cells = body.GetProperty("cells");
        Assert.Equal(5, cells.GetArrayLength());
        Assert.Equal("""{"stdout":"","stderr":"","display":[{"text/plain": "123"}],"error":[]}""".Replace(" ", "", StringComparison.Ordinal), cells[0].GetRawText().Replace(" ", "", StringComparison.Ordinal));
        Assert.Equal(("123\n", "123"), (cells[1].GetProperty("stdout").GetString(), cells[1].GetProperty("stderr").GetString()));
        Assert.Equal("3", cells[1].GetProperty("display")[0].GetProperty("text/plain").GetString());
        var error = cells[2].GetProperty("error")[0];
        Assert.Equal(["ename", "evalue", "traceback"], error.EnumerateObject().Select(member => member.Name));
        Assert.Equal(("RuntimeError", "error message"), (error.GetProperty("ename").GetString(), error.GetProperty("evalue").GetString()));
        Assert.Equal(
            ["---------------------------------------------------------------------------", "RuntimeError                              Traceback (most recent call last)", "Cell In[3], line 1\n----> 1 raise RuntimeError('error message')\n", "RuntimeError: error message"],
            error.GetProperty("traceback").EnumerateArray().Select(piece => piece.GetString()));
        Assert.Equal("124", cells[4].GetProperty("display")[0].GetProperty("text/plain").GetString());
    }

    [Fact]
    public async Task Each_call_has_an_interpreter_of_its_own()
    {
        await RunAsync(["x = 1\nopen('left', 'w').close()"]);
        var body = await RunAsync(["import os\nprint('x' in globals(), os.listdir('.'))"]);
        Assert.Equal("False []\n", body.GetProperty("cells")[0].GetProperty("stdout").GetString());
        Assert.Empty((await RunAsync(Array.Empty<string>())).GetProperty("cells").EnumerateArray());
    }

    [Fact]
    public async Task Files_go_in_and_come_out()
    {
        var body = await RunAsync(new
        {
            cells = new[] { "text = open('dir1/flag').read()", "open('dir2.out', 'w').write(text * 2);" },
            files = new Dictionary<string, string?> { ["dir1/flag"] = Convert.ToBase64String("secret"u8), ["none"] = null, ["IGNORE_THIS_FILE.txt"] = "" },
            fetch_files = new[] { "./dir2.out", "missing" },
        });
        Assert.Equal("""{"./dir2.out":"c2VjcmV0c2VjcmV0"}""", body.GetProperty("files").GetRawText());
    }

    [Fact]
    public async Task Cells_over_their_time_together_fail_with_nothing_of_them()
    {
        var body = await RunAsync(["print(1)", "import time\ntime.sleep(60)", "print(2)"], totalTimeout: 1);
        Assert.Equal("Failed", body.GetProperty("status").GetString());
        Assert.NotEqual("", body.GetProperty("message").GetString());
        Driver(body, "TimeLimitExceeded", null);
        Assert.Equal(("[]", "{}"), (body.GetProperty("cells").GetRawText(), body.GetProperty("files").GetRawText()));
    }

    [Fact]
    public async Task A_cell_over_its_own_time_is_interrupted_and_the_next_one_goes_on()
    {
        var body = await RunAsync(["x = 1", "print('begun')\nimport time\ntime.sleep(60)", "print(x)"], cellTimeout: 1);
        Assert.Equal("Success", body.GetProperty("status").GetString());
        var cells = body.GetProperty("cells");
        Assert.Equal(("begun\n", "KeyboardInterrupt", "1\n"), (cells[1].GetProperty("stdout").GetString(), cells[1].GetProperty("error")[0].GetProperty("ename").GetString(), cells[2].GetProperty("stdout").GetString()));
    }

    [Theory]
    [InlineData("import os\nos._exit(3)", "exit code 3")]
    [InlineData("import os\nos.kill(os.getppid(), 9)\nimport time\ntime.sleep(9)", "signal 9")]
    [InlineData("import os\nos.closerange(0, 4096)", "")]
    public async Task A_kernel_that_dies_fails_the_call(string code, string told)
    {
        var body = await RunAsync(["print(1)", code, "print(2)"]);
        Assert.Equal("Failed", body.GetProperty("status").GetString());
        Driver(body, "Finished", 1);
        Assert.Contains(told, body.GetProperty("driver").GetProperty("stderr").GetString(), StringComparison.Ordinal);
        Assert.Empty(body.GetProperty("cells").EnumerateArray());
    }

    [Fact]
    public async Task A_memory_bomb_fails_the_call()
    {
        var body = await RunAsync(new { cells = new[] { "x = [bytearray(1 << 20) for _ in range(4000)]" }, memory_limit_MB = 128 });
        Assert.Equal("Failed", body.GetProperty("status").GetString());
        Driver(body, "Finished", 1);
    }

    [Fact]
    public async Task Eight_megabytes_come_back_whole()
    {
        var body = await RunAsync(["print('0123456789' * 800_000)"]);
        Assert.Equal(string.Concat(Enumerable.Repeat("0123456789", 800_000)) + "\n", body.GetProperty("cells")[0].GetProperty("stdout").GetString());
    }

    [Theory]
    [InlineData("""{}""", "cells")]
    [InlineData("""{"cells": null}""", "cells")]
    [InlineData("""{"cells": "x"}""", "cells")]
    [InlineData("""{"cells": ["1", null]}""", "cells[1]")]
    [InlineData("""{"cells": ["1", 2]}""", "cells[1]")]
    [InlineData("""{"cells": ["1"], "kernel": "ir"}""", "kernel")]
    [InlineData("""{"cells": ["1"], "total_timeout": 0}""", "total_timeout")]
    [InlineData("""{"cells": ["1"], "total_timeout": 1e12}""", "total_timeout")]
    [InlineData("""{"cells": ["1"], "cell_timeout": -1}""", "cell_timeout")]
    [InlineData("""{"cells": ["1"], "files": {"../x": "QQ=="}}""", "files")]
    [InlineData("""{"cells": ["1"], "files": {"x": "n!"}}""", "files.x")]
    [InlineData("""{"cells": ["1"], "files": {"x": "QQ==", "x/y": "QQ=="}}""", "files")]
    [InlineData("""{"cells": ["1"], "fetch_files": ["/etc/passwd"]}""", "fetch_files[0]")]
    [InlineData("""{"cells": ["1"], "fetch_files": [null]}""", "fetch_files[0]")]
    [InlineData("[]", "")]
    public async Task What_is_malformed_is_refused_with_its_member(string json, string member)
    {
        var (status, body) = await TryAsync(json);
        Assert.Equal(400, status);
        Assert.Contains(member, body.GetProperty("errors").EnumerateObject().Single().Name, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Members_that_nobody_knows_do_no_harm_and_half_a_character_neither()
    {
        var (status, body) = await TryAsync("""{"cells": ["print(1)", "'\ud800'"], "more": 1, "memory_limit_MB": -1, "total_timeout": "30"}""");
        Assert.Equal(200, status);
        Assert.Equal("1\n", body.GetProperty("cells")[0].GetProperty("stdout").GetString());
    }
}
