{{<staff/head}}
<h1>Your recovery codes</h1>
<p>The codes that you had before are good no longer.</p>
{{<staff/codes}}
<p class="buttons"><a class="button" href="/account">I have kept them</a></p>
{{<staff/foot}}
