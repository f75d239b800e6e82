{{<staff/head}}
<h1>Your recovery codes</h1>
<p>Each of these signs you in once, in place of the code of the app, when you do not have your phone. <strong>They are shown only now.</strong> Print this page or write them down, and keep them where only you look. The codes that you had before are good no longer.</p>
<ol class="recovery">
{{#CODES}}<li><code>{{code}}</code></li>
{{/CODES}}</ol>
<p class="buttons"><a class="button" href="/account">I have kept them</a></p>
{{<staff/foot}}
