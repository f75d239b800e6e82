<p>Each of these signs you in once, in place of the code of the app, when you do not have your phone. <strong>They are shown only now.</strong> Print this page or write them down, and keep them where only you look.</p>
<ol class="recovery">
{{#CODES}}<li><code>{{code}}</code></li>
{{/CODES}}</ol>
