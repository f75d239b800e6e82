{{<public/head}}
<h1>[[Your report]]</h1>
<p>{{text}}</p>
<p><a class="button" href="/exit" rel="noreferrer">[[Leave this site now]]</a></p>
{{<public/emergency}}
{{<public/foot}}
