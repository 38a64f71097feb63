using System.Globalization;
using RewardServer.CSharpCompiler;

// A resident of a slot (sandbox-images/runner/README.md): it gets warm, says so, and compiles what it is handed, one
// program after the other, until the agent hangs up.
var control = new ControlSocket(int.Parse(Environment.GetEnvironmentVariable("RESIDENT_FD") ?? "3", CultureInfo.InvariantCulture));
var compiler = new ProgramCompiler(Framework.References());
var caches = new ContentCaches();
WarmUp.Run(compiler);
control.Send("ready");
while (control.Receive() is { } request)
{
    control.Send(string.Create(CultureInfo.InvariantCulture, $"started {Environment.ProcessId}"));
    control.Send(CompileRun.Execute(request, compiler).ToString());

    // While nobody waits, and on nobody's account.
    caches.Clear();
}
